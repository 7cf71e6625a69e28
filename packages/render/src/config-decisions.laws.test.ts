import * as E from 'fp-ts/Either'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { decode } from './decode/decode'
import { type FieldPath, fieldStep } from './fields/field-path'
import { valueAt } from './fields/value-at'
import {
  type Action,
  type Config,
  type Json,
  type JsonObject,
  type KubeObject,
  names,
  type Observation,
} from './model'
import { holders } from './plan/holders'
import { plan } from './plan/plan'
import { render } from './render'
import { applied, edited } from './testing/server-side-apply'
import { someFacts } from './testing/some-facts'

const USER = 'kubectl-edit'
const MANAGERS = [USER, names.ORIGINAL_FIELD_MANAGER, names.BOOTSTRAP_FIELD_MANAGER]

const VALUES: { readonly [path: string]: ReadonlyArray<Json> } = {
  'spec.storage.managementState': ['Managed', 'Unmanaged'],
  'spec.storage.pvc.claim': ['', names.DEFAULT_CLAIM_NAME, 'mine'],
  'spec.storage.pvc': [{}],
  'spec.storage.emptyDir': [{}],
  'spec.storage': [{}],
  'spec.rolloutStrategy': ['Recreate', 'RollingUpdate'],
  'spec.observedConfig.servingInfo.minTLSVersion': ['VersionTLS12', 'VersionTLS13'],
  'spec.observedConfig': [{ servingInfo: { cipherSuites: ['TLS_AES_128_GCM_SHA256'] } }, {}],
}

type Edit = { readonly path: string; readonly value: Json; readonly by: string }

const edit: fc.Arbitrary<Edit> = fc
  .constantFrom(...Object.entries(VALUES))
  .chain(([path, values]) =>
    fc.record({
      path: fc.constant(path),
      value: fc.constantFrom(...values),
      by: fc.constantFrom(...MANAGERS),
    }),
  )

const start = (managementState: string): KubeObject => ({
  apiVersion: names.CONFIG_API_VERSION,
  kind: 'Config',
  metadata: { name: 'cluster', uid: 'c', resourceVersion: '7', generation: 1, managedFields: [] },
  spec: { managementState, replicas: 1 },
})

const withEdits = (subject: KubeObject, edits: ReadonlyArray<Edit>): KubeObject =>
  edits.reduce(
    (object, { path, value, by }) => edited(object, path.split('.').map(fieldStep), { by, value }),
    subject,
  )

const subject: fc.Arbitrary<KubeObject> = fc
  .record({
    state: fc.constantFrom('Managed', 'Managed', 'Unmanaged', 'Removed'),
    edits: fc.array(edit, { maxLength: 6 }),
    former: fc.constantFrom({}, { emptyDir: {} }, { pvc: { claim: 'mine' } }),
    storageManaged: fc.boolean(),
  })
  .map(({ state, edits, former, storageManaged }) => ({
    ...withEdits(start(state), edits),
    status: { storage: former, storageManaged },
  }))

const claim = (name: string, ours: boolean): JsonObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: {
    name,
    namespace: names.REGISTRY_NAMESPACE,
    ...(ours ? { annotations: { [names.OWNERSHIP_ANNOTATION]: 'true' } } : {}),
  },
  spec: { accessModes: ['ReadWriteMany'] },
})

const profile = fc.constantFrom('Modern', 'Old', '')

const apiServer = (type: string): JsonObject => ({
  apiVersion: 'config.openshift.io/v1',
  kind: 'APIServer',
  metadata: { name: 'cluster' },
  spec: { tlsSecurityProfile: { type } },
})

const cluster: fc.Arbitrary<ReadonlyArray<JsonObject>> = fc
  .record({
    platform: fc.constantFrom('BareMetal', 'Libvirt', 'oVirt', 'OpenStack'),
    type: profile,
    claims: fc.subarray([claim('mine', false), claim('other', true)]),
    ours: fc.option(fc.boolean()),
  })
  .map(({ platform, type, claims, ours }) => [
    {
      apiVersion: 'config.openshift.io/v1',
      kind: 'Infrastructure',
      metadata: { name: 'cluster' },
      status: { platformStatus: { type: platform } },
    },
    apiServer(type),
    ...claims,
    ...(ours === null ? [] : [claim(names.DEFAULT_CLAIM_NAME, ours)]),
  ])

/** Plain Kubernetes, where how pods are replaced is decided as well. */
const plainCluster: fc.Arbitrary<ReadonlyArray<JsonObject>> = fc
  .record({
    hasClass: fc.boolean(),
    claims: fc.subarray([claim('mine', false), claim(names.DEFAULT_CLAIM_NAME, true)]),
    mode: fc.constantFrom('ReadWriteMany', 'ReadWriteOnce'),
  })
  .map(({ hasClass, claims, mode }) => [
    {
      apiVersion: names.SEEN_API_VERSION,
      kind: 'Machine',
      metadata: { name: 'cluster' },
      spec: { providerID: '' },
    },
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        name: 'standard',
        annotations: { [names.DEFAULT_CLASS_ANNOTATIONS[0]]: String(hasClass) },
      },
    },
    ...claims.map((one) => ({ ...one, spec: { accessModes: [mode] } })),
  ])

const anyCluster = fc.oneof(cluster, plainCluster)

const seen = (config: KubeObject, others: ReadonlyArray<JsonObject>): Observation =>
  decode([config, ...others], someFacts().release)

const isOfConfig = ({ ref }: Action): boolean => ref.kind === 'Config'

const decisionsOf = (observation: Observation): ReadonlyArray<KubeObject> =>
  plan(render(observation, observation.facts), observation)
    .filter(isOfConfig)
    .flatMap((action) => (action._tag === 'ApplyObject' ? [action.desired.object] : []))

/** The Config once we have decided in it. */
const decidedIn = (config: KubeObject, others: ReadonlyArray<JsonObject>): KubeObject =>
  decisionsOf(seen(config, others)).reduce((live, wanted) => applied(wanted, live), config)

const usable = ({ config }: Observation): Config | undefined =>
  E.isRight(config) ? config.right : undefined

const SCALARS = Object.keys(VALUES).map((path) => path.split('.').map(fieldStep))

/** What the user has said, place by place. */
const saidBy = (user: string, config: KubeObject): ReadonlyArray<FieldPath> =>
  SCALARS.filter((path) => typeof valueAt(config, path) === 'string').filter((path) =>
    holders(config, path).includes(user),
  )

describe('what we decide in a Config', () => {
  it('is decided once', () => {
    fc.assert(
      fc.property(subject, anyCluster, (config, others) => {
        expect(decisionsOf(seen(decidedIn(config, others), others))).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it('does not change what the Config means, for it was meant like that already', () => {
    fc.assert(
      fc.property(subject, anyCluster, (config, others) => {
        const before = usable(seen(config, others))
        const after = usable(seen(decidedIn(config, others), others))
        expect({ ...after, decisions: undefined }).toEqual({ ...before, decisions: undefined })
      }),
      { numRuns: 100 },
    )
  })

  it('is nothing that somebody else has said', () => {
    fc.assert(
      fc.property(subject, anyCluster, (config, others) => {
        const after = decidedIn(config, others)
        saidBy(USER, config).forEach((path) =>
          expect(valueAt(after, path)).toEqual(valueAt(config, path)),
        )
      }),
      { numRuns: 100 },
    )
  })

  it('follows the cluster when that asks for something else', () => {
    fc.assert(
      fc.property(subject, cluster, profile, (config, others, type) => {
        const changed = [...others.filter(({ kind }) => kind !== 'APIServer'), apiServer(type)]
        const after = decidedIn(decidedIn(config, others), changed)
        expect(usable(seen(after, changed))?.tls).toEqual(usable(seen(config, changed))?.tls)
      }),
      { numRuns: 100 },
    )
  })
})
