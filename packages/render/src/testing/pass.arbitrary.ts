import * as fc from 'fast-check'

import type { KnownError } from '../errors-text/known-error'
import type { ApplyError, DecodeError, ObjectRef, Problem, RenderProblem, Withheld } from '../model'
import { names, objectRef } from '../model'
import type { StatusInput } from '../status/situation'
import {
  aClaim,
  aDeployment,
  aPass,
  aRoute,
  aSubject,
  before,
  deploymentRef,
  failed,
  NOW,
  SIX_MINUTES_AGO,
  TWO_MINUTES_AGO,
} from './status-fixtures'

const ref: fc.Arbitrary<ObjectRef> = fc.constantFrom(
  deploymentRef,
  objectRef('v1', 'Secret', 'a', names.REGISTRY_NAMESPACE),
  objectRef('v1', 'PersistentVolumeClaim', 'mine', names.REGISTRY_NAMESPACE),
  objectRef('rbac.authorization.k8s.io/v1', 'ClusterRole', names.CLUSTER_ROLE_NAME),
)

/** What API servers say, times and versions and quoted values included. */
const message = fc.constantFrom(
  'no.',
  'the object has been modified;\nplease apply your changes',
  'the ResourceVersion in the precondition (12345) does not match the ResourceVersion in record (12346)',
  'etcd at 2026-01-01T11:00:00.5Z: uid 6a0b2a4e-1111-2222-3333-444455556666',
  'data: Invalid value: "c2VjcmV0": must be JSON',
)

const problem: fc.Arbitrary<Problem> = fc.record({
  path: fc.constantFrom('spec.replicas', 'spec.storage', ''),
  message: fc.constantFrom('must be a number, got "x"', 'is not a field that exists'),
  remedy: fc.constantFrom('remove it', ''),
})

/** Any reason why a write did not happen. */
export const arbitraryApplyError: fc.Arbitrary<ApplyError> = fc
  .tuple(ref, message, fc.nat(10_000))
  .chain(([at, text, ms]) =>
    fc.constantFrom<ApplyError>(
      { _tag: 'Conflict', ref: at, message: text },
      { _tag: 'Forbidden', ref: at, message: text },
      { _tag: 'Invalid', ref: at, message: text },
      { _tag: 'NotFound', ref: at, message: text },
      { _tag: 'Throttled', ref: at, retryAfterMs: ms },
      { _tag: 'ServerError', ref: at, code: 500, message: text },
      { _tag: 'Unreachable', ref: at, cause: text },
      { _tag: 'SourceChanged', ref: at, source: at },
      { _tag: 'NotIssued', ref: at, problem: 'its key cannot be read' },
    ),
  )

const renderProblem: fc.Arbitrary<RenderProblem> = fc.constantFrom<RenderProblem>(
  { _tag: 'NamespaceMissing', namespace: 'n' },
  { _tag: 'AnnotationMissing', namespace: 'n', annotation: 'a' },
  { _tag: 'AnnotationMalformed', namespace: 'n', annotation: 'a', value: 'x' },
  { _tag: 'SecretMissing', namespace: 'n', name: 's' },
  { _tag: 'CertificateAwaited', namespace: 'n', name: 's' },
  { _tag: 'CertificateAwaited', namespace: 'n', name: 's', maker: 'cert-manager' },
  { _tag: 'CertificateAwaited', namespace: 'n', name: 's', maker: 'the operator' },
  { _tag: 'FirstUserAwaited', namespace: 'n', name: 's' },
  { _tag: 'ClaimMissing', claim: 'mine' },
  { _tag: 'ClaimNeedsSingleWriter', claim: 'mine', because: { replicas: 2 } },
  { _tag: 'ClaimNeedsSingleWriter', claim: 'mine', because: { strategy: 'RollingUpdate' } },
  { _tag: 'ClaimUnusable', claim: 'mine', accessModes: [] },
  { _tag: 'ClaimNotOurs', claim: 'mine' },
  { _tag: 'StorageClassMissing', claim: 'mine' },
  { _tag: 'NoStorageOffered' },
  { _tag: 'MachineUnread' },
  { _tag: 'MachineUnread', problem: 'node a cannot be read' },
  { _tag: 'RouteNotOurs', route: 'own' },
  { _tag: 'RouteNotOurs', route: 'own', kind: 'Ingress' },
  { _tag: 'HostnameMissing', route: 'own' },
  { _tag: 'CredentialsMissing', namespace: 'n', names: ['a', 'b'], keys: ['k'] },
  { _tag: 'StorageNotProvisioned', backend: 's3', missing: ['bucket'] },
  { _tag: 'StorageNotInRegistry', backend: 'swift', build: { _tag: 'OpenShift' } },
  {
    _tag: 'StorageLayoutDiffers',
    place: 'azure/a/b',
    written: { _tag: 'OpenShift' },
    build: { _tag: 'Distribution', version: [3, 1] },
  },
  { _tag: 'StorageAwaited', backend: 'azure', keys: ['accountKey'] },
  { _tag: 'CredentialsUnreadable', namespace: 'n', name: 's', key: 'k', problem: 'is none' },
  { _tag: 'ApiNotServed', group: 'route.openshift.io' },
  { _tag: 'ApiNotServed', group: 'gateway.networking.k8s.io', kind: 'BackendTLSPolicy v1' },
)

const decodeError: fc.Arbitrary<DecodeError> = fc.oneof(
  fc.tuple(problem, fc.array(problem, { maxLength: 30 })).map(([first, rest]) => ({
    _tag: 'InvalidConfig' as const,
    problems: [first, ...rest] as const,
  })),
  fc.constant({ _tag: 'StorageNotConfigured' as const }),
)

/** Any failure that an administrator can meet. */
export const arbitraryError: fc.Arbitrary<KnownError> = fc.oneof(
  arbitraryApplyError,
  renderProblem,
  decodeError,
  fc.constant({ _tag: 'NoConfig' as const }),
)

const withheld: fc.Arbitrary<Withheld> = fc.record({ ref, problem: renderProblem })

const deployment = fc
  .record({
    replicas: fc.nat(3),
    available: fc.nat(3),
    wanted: fc.nat(3),
    deleting: fc.boolean(),
    observedGeneration: fc.constantFrom(0, 3, 4),
    progress: fc.constantFrom(
      'NewReplicaSetAvailable',
      'ReplicaSetUpdated',
      'ProgressDeadlineExceeded',
    ),
    volume: fc.constantFrom({ emptyDir: {} }, { persistentVolumeClaim: { claimName: 'mine' } }, {}),
  })
  .map(aDeployment)

const live = fc
  .tuple(
    fc.option(deployment),
    fc.option(fc.constant(aClaim('mine'))),
    fc.option(fc.boolean().map((admitted) => aRoute('default-route', admitted))),
  )
  .map((all) => all.filter((object) => object !== null))

const condition = fc
  .record({
    type: fc.constantFrom('Available', 'Progressing', 'Degraded', 'Ready', 'StorageExists'),
    status: fc.constantFrom('True', 'False', 'Unknown'),
    time: fc.constantFrom(NOW, TWO_MINUTES_AGO, SIX_MINUTES_AGO, 'yesterday'),
    reason: fc.constantFrom('', 'Ready', 'Error', 'DeploymentNotCompleted'),
  })
  .map(({ type, status, time, reason }) => before(type, status, time, reason))

const subject = fc
  .tuple(
    fc.uniqueArray(condition, { selector: ({ type }) => type }),
    fc.constantFrom('Managed', 'Unmanaged', 'Removed'),
    fc.nat(2),
  )
  .map(([conditions, managementState, replicas]) =>
    aSubject(conditions, { managementState, replicas }),
  )

const config = fc.record({
  managementState: fc.constantFrom<'Managed' | 'Unmanaged' | 'Removed'>(
    'Managed',
    'Managed',
    'Unmanaged',
    'Removed',
  ),
  defaultRoute: fc.boolean(),
  storage: fc.constantFrom(
    { _tag: 'EmptyDir' as const },
    { _tag: 'Pvc' as const, claim: 'mine', origin: 'named' as const },
  ),
  storageManagement: fc.constantFrom<'Managed' | 'Unmanaged'>('Managed', 'Unmanaged'),
})

/** Anything that the status stage can meet. */
export const arbitraryPass: fc.Arbitrary<StatusInput> = fc
  .record({
    config,
    refusal: fc.option(decodeError, { freq: 3 }),
    live,
    subject,
    withheld: fc.array(withheld, { maxLength: 3 }),
    outcome: fc.array(arbitraryApplyError.map(failed), { maxLength: 3 }),
    failedBefore: fc.nat(2),
  })
  .map(({ refusal, ...rest }) => aPass(refusal === null ? rest : { ...rest, refusal }))
