import * as E from 'fp-ts/Either'

import type { ClusterFacts, InfrastructureFacts } from './cluster-facts'
import type { FactProblem } from './errors'
import {
  DEFAULT_CLAIM_NAME,
  MINTED_CREDENTIALS_SECRET,
  REGISTRY_NAMESPACE,
  USER_CREDENTIALS_SECRET,
} from './names'
import { type PlatformDefaults, platformDefaults } from './platform-defaults'
import { registryBuild } from './registry-build'

/** What the defaults of a cluster depend on. */
export type DefaultingFacts = Pick<
  ClusterFacts,
  'platform' | 'infrastructure' | 'defaultStorageClass' | 'contents' | 'release'
>

// One pod at a time: what most classes give can be mounted by one node only.
const ON_A_CLAIM: PlatformDefaults = {
  managementState: 'Managed',
  replicas: 1,
  storage: { pvc: { claim: DEFAULT_CLAIM_NAME } },
}

type Entry = readonly [secret: string, key: string]

/** Entries of Secrets that let one make the object storage of a platform; any of them will do. */
const CREDENTIALS: { readonly [platformType: string]: ReadonlyArray<Entry> } = {
  AWS: [
    [USER_CREDENTIALS_SECRET, 'REGISTRY_STORAGE_S3_ACCESSKEY'],
    [MINTED_CREDENTIALS_SECRET, 'credentials'],
    [MINTED_CREDENTIALS_SECRET, 'aws_access_key_id'],
  ],
  // Who gives a key of an account knows the account, and has to say which it is.
  Azure: [[MINTED_CREDENTIALS_SECRET, 'azure_client_id']],
  GCP: [
    [USER_CREDENTIALS_SECRET, 'REGISTRY_STORAGE_GCS_KEYFILE'],
    [MINTED_CREDENTIALS_SECRET, 'service_account.json'],
  ],
  OpenStack: [[MINTED_CREDENTIALS_SECRET, 'clouds.yaml']],
}

const credentialsFor = (platformType: string): ReadonlyArray<Entry> =>
  Object.hasOwn(CREDENTIALS, platformType) ? (CREDENTIALS[platformType] ?? []) : []

const has =
  ({ contents }: DefaultingFacts) =>
  ([secret, key]: Entry): boolean =>
    contents.some(
      ({ kind, namespace, name, entries }) =>
        kind === 'Secret' &&
        namespace === REGISTRY_NAMESPACE &&
        name === secret &&
        Object.hasOwn(entries, key),
    )

/**
 * Whether the cloud has an object storage that the registry can use. Registries of the distribution project have no Swift since
 * 3.0, and for 2.8 it is only ever chosen by people.
 */
const isStorageUsable = (
  { platformType, objectStore }: InfrastructureFacts,
  facts: DefaultingFacts,
): boolean =>
  platformType === 'OpenStack'
    ? registryBuild(facts)._tag === 'OpenShift' && objectStore !== 'absent'
    : credentialsFor(platformType).length > 0

const offered = (
  infrastructure: InfrastructureFacts,
  facts: DefaultingFacts,
): E.Either<FactProblem, PlatformDefaults> => {
  const { platformType } = infrastructure
  const isUsable = isStorageUsable(infrastructure, facts)
  const hasCredentials = credentialsFor(platformType).some(has(facts))
  if (isUsable && hasCredentials) return platformDefaults(infrastructure)
  if (facts.defaultStorageClass !== undefined) return E.right(ON_A_CLAIM)
  // Without a clouds.yaml nobody can ask an OpenStack whether it has a Swift.
  return isUsable && platformType !== 'OpenStack'
    ? platformDefaults(infrastructure)
    : E.left({ _tag: 'NoStorageOffered' })
}

const ofKubernetes =
  (facts: DefaultingFacts) =>
  (infrastructure: InfrastructureFacts): E.Either<FactProblem, PlatformDefaults> => {
    const { unread } = infrastructure
    if (unread === undefined) return offered(infrastructure, facts)
    const { problem } = unread
    return E.left({ _tag: 'MachineUnread', ...(problem === undefined ? {} : { problem }) })
  }

/**
 * The defaults of the cluster. On plain Kubernetes only what survives its pod is chosen without a person: the object storage
 * of the cloud where there are credentials for it, else a claim of the default class. A cloud without either is chosen all
 * the same: its Config then says which credentials it misses.
 */
export const clusterDefaults = (facts: DefaultingFacts): E.Either<FactProblem, PlatformDefaults> =>
  E.flatMap(facts.platform === 'OpenShift' ? platformDefaults : ofKubernetes(facts))(
    facts.infrastructure,
  )
