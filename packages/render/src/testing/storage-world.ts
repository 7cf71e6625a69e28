import * as E from 'fp-ts/Either'

import { decode } from '../decode/decode'
import { plan } from '../plan/plan'
import { render } from '../render'
import { status } from '../status/status'
import {
  type ActionOutcome,
  type Config,
  type DesiredState,
  type JsonObject,
  type KubeObject,
  names,
  type Observation,
  type Plan,
  type StorageBackend,
} from '../model'
import type { StatusDecision } from '../status/status'
import { digestOfText } from '../digest'
import { lookedAt, WANTED_TARGET } from './looked-at'
import { someFacts } from './some-facts'
import { treeOf } from './server-side-apply'
import { NOW } from './status-fixtures'

export const UID = 'e5b0'
export const CLUSTER = 'demo-7xk2p'

/** One of a cloud: what says where images are, its name for people, and the Secret that lets one in. */
export type SomePlace = {
  readonly backend: StorageBackend
  readonly storage: { readonly [backend: string]: JsonObject }
  readonly place: string
  readonly platform: JsonObject
  readonly credentials: ReadonlyArray<string>
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyabcdefghijklmnopqrstuvwxy'

/** A name as only the original, or we, give it. */
const generated = (...parts: ReadonlyArray<string>): string => {
  const stem = [CLUSTER, 'image-registry', ...parts].join('-')
  return `${stem}-${LETTERS.slice(0, 61 - stem.length)}`
}

/** Of each cloud one place, under a name that is generated, or one that somebody has chosen. */
export const somePlace = (backend: StorageBackend, isGenerated: boolean): SomePlace => {
  const name = (...parts: ReadonlyArray<string>): string =>
    isGenerated ? generated(...parts) : 'images'
  switch (backend) {
    case 'S3':
      return {
        backend,
        storage: { s3: { bucket: name('us-east-1'), region: 'us-east-1' } },
        place: `s3/${name('us-east-1')}`,
        platform: { type: 'AWS', aws: { region: 'us-east-1' } },
        credentials: ['aws_access_key_id', 'aws_secret_access_key'],
      }
    case 'Gcs':
      return {
        backend,
        storage: { gcs: { bucket: name('us-east1'), region: 'us-east1', projectID: 'p' } },
        place: `gcs/${name('us-east1')}`,
        platform: { type: 'GCP', gcp: { region: 'us-east1', projectID: 'p' } },
        credentials: ['service_account.json'],
      }
    case 'Azure': {
      const accountName = isGenerated ? 'imageregistrydemo7xbcdfg' : 'account'
      return {
        backend,
        storage: {
          azure: {
            accountName,
            container: name(),
            cloudName: 'AzurePublicCloud',
            networkAccess: {
              type: 'Internal',
              internal: { privateEndpointName: isGenerated ? accountName : 'endpoint' },
            },
          },
        },
        place: `azure/${accountName}/${name()}`,
        platform: { type: 'Azure', azure: { cloudName: 'AzurePublicCloud' } },
        credentials: [
          'azure_client_id',
          'azure_client_secret',
          'azure_tenant_id',
          'azure_subscription_id',
        ],
      }
    }
    case 'Swift':
      return {
        backend,
        storage: { swift: { container: name(), authURL: 'https://keystone.example.com/v3' } },
        place: `swift/${name()}`,
        platform: { type: 'OpenStack' },
        credentials: ['REGISTRY_STORAGE_SWIFT_USERNAME', 'REGISTRY_STORAGE_SWIFT_PASSWORD'],
      }
    case 'IbmCos':
      return {
        backend,
        storage: {
          ibmcos: {
            bucket: name('us-east'),
            location: 'us-east',
            resourceGroupName: 'rg',
            serviceInstanceCRN: 'crn:v1:b:p:cloud-object-storage:g:a:i::',
            resourceKeyCRN: 'crn:v1:b:p:cloud-object-storage:g:a:i:resource-key:k',
          },
        },
        place: `ibmcos/${name('us-east')}`,
        platform: { type: 'IBMCloud', ibmcloud: { location: 'us-east', resourceGroupName: 'rg' } },
        credentials: ['ibmcloud_api_key'],
      }
  }
}

export type SomeConfig = {
  readonly state?: Config['managementState']
  readonly annotations?: { readonly [name: string]: string }
  /** What the spec says of the management, and who has said it. */
  readonly management?: Config['storageManagement']
  readonly saidBy?: string
  /** Where images were, according to the status. */
  readonly recorded?: JsonObject
  readonly isGoing?: boolean
}

const configOf = (storage: JsonObject, given: SomeConfig): KubeObject => {
  const { state = 'Managed', annotations = {}, management, recorded, isGoing = false } = given
  const said = management === undefined ? {} : { managementState: management }
  const { saidBy = names.FIELD_MANAGER } = given
  return {
    apiVersion: names.CONFIG_API_VERSION,
    kind: 'Config',
    metadata: {
      name: names.SINGLETON_NAME,
      uid: UID,
      resourceVersion: '7',
      annotations,
      finalizers: [names.FINALIZER],
      managedFields: [
        { manager: 'kubectl-edit', operation: 'Update', fieldsV1: treeOf({ spec: { storage } }) },
        { manager: saidBy, operation: 'Apply', fieldsV1: treeOf({ spec: { storage: said } }) },
      ],
      ...(isGoing ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
    },
    spec: { managementState: state, replicas: 1, storage: { ...storage, ...said } },
    ...(recorded === undefined ? {} : { status: { storage: recorded } }),
  }
}

const secretOf = (name: string, keys: ReadonlyArray<string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: names.REGISTRY_NAMESPACE },
  data: Object.fromEntries(keys.map((key) => [key, digestOfText(key)])),
})

/** What a driver says of a place: of the one that is wanted, unless it is told otherwise. */
export const seenOf = (place: string, status: JsonObject): KubeObject => ({
  apiVersion: names.SEEN_API_VERSION,
  kind: 'Storage',
  metadata: { name: names.SINGLETON_NAME },
  status: { target: WANTED_TARGET, place, keys: {}, troubles: [], ...status },
})

/** A cluster with a Config that has its images in that place; without a registry that runs. */
export const storageWorld = (
  { storage, platform, credentials }: SomePlace,
  given: SomeConfig = {},
): ReadonlyArray<KubeObject> => [
  {
    apiVersion: 'config.openshift.io/v1',
    kind: 'Infrastructure',
    metadata: { name: names.SINGLETON_NAME },
    status: { infrastructureName: CLUSTER, platformStatus: platform },
  },
  secretOf(names.MINTED_CREDENTIALS_SECRET, credentials),
  ...(credentials.some((key) => key.startsWith('REGISTRY_'))
    ? [secretOf(names.USER_CREDENTIALS_SECRET, credentials)]
    : []),
  configOf(storage, given),
]

/** The registry's Deployment, while it is there. */
export const runningPods: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: names.REGISTRY_NAME,
    namespace: names.REGISTRY_NAMESPACE,
    uid: 'd',
    resourceVersion: '9',
    annotations: { [names.CHECKSUM_ANNOTATION]: '' },
  },
  spec: {},
  status: {},
}

export type SomePass = {
  readonly observation: Observation
  readonly desired: DesiredState
  readonly plan: Plan
  readonly status: StatusDecision
}

/** One pass over these objects, in which everything succeeds. */
export const passOver = (objects: ReadonlyArray<KubeObject>): SomePass => {
  const { release } = someFacts()
  const observation = decode(lookedAt(objects, release), release)
  const desired = render(observation, observation.facts)
  const actions = plan(desired, observation)
  const { storage, storageProblem, withheld } = desired
  return {
    observation,
    desired,
    plan: actions,
    status: status({
      observation,
      withheld,
      ...(storage === undefined ? {} : { storage }),
      ...(storageProblem === undefined ? {} : { storageProblem }),
      outcome: actions.map((action): ActionOutcome => ({ action, result: E.right(undefined) })),
      now: NOW,
    }),
  }
}
