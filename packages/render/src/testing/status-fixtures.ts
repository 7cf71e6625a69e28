import * as E from 'fp-ts/Either'

import type {
  ApplyError,
  Config,
  DecodeError,
  JsonObject,
  KubeObject,
  ObjectRef,
  Outcome,
  Withheld,
} from '../model'
import { names, objectRef } from '../model'
import type { FailingSince } from '../status/failing-since'
import type { StatusInput } from '../status/situation'
import { aConfig } from './a-config'
import { liveObjects } from './live-objects'
import { treeOf } from './server-side-apply'
import { someFacts } from './some-facts'

/** The time of the passes in tests. */
export const NOW = '2026-01-01T12:00:00Z'
export const SIX_MINUTES_AGO = '2026-01-01T11:54:00Z'
export const TWO_MINUTES_AGO = '2026-01-01T11:58:00Z'

const NS = names.REGISTRY_NAMESPACE

export const deploymentRef: ObjectRef = objectRef('apps/v1', 'Deployment', names.REGISTRY_NAME, NS)

type Told = {
  readonly replicas?: number
  readonly available?: number
  /** Reason of the Deployment's own condition Progressing. */
  readonly progress?: string
  readonly deleting?: boolean
  readonly observedGeneration?: number
  readonly wanted?: number
  readonly volume?: JsonObject
}

/** A live Deployment of the registry; complete, with all replicas available, unless it is told otherwise. */
export const aDeployment = (told: Told = {}): KubeObject => {
  const { replicas = 2 } = told
  return deployment({ ...COMPLETE, available: replicas, wanted: replicas, ...told, replicas })
}

const COMPLETE = {
  progress: 'NewReplicaSetAvailable',
  deleting: false,
  observedGeneration: 4,
  volume: { emptyDir: {} },
}

const deployment = ({
  replicas,
  available,
  progress,
  deleting,
  observedGeneration,
  wanted,
  volume,
}: Required<Told>): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: names.REGISTRY_NAME,
    namespace: NS,
    uid: 'd',
    resourceVersion: '99',
    generation: 4,
    ...(deleting ? { deletionTimestamp: NOW } : {}),
  },
  spec: {
    replicas: wanted,
    template: { spec: { volumes: [{ name: 'registry-storage', ...volume }] } },
  },
  status: {
    observedGeneration,
    replicas,
    availableReplicas: available,
    readyReplicas: available,
    conditions: [
      {
        type: 'Progressing',
        status: progress === 'ProgressDeadlineExceeded' ? 'False' : 'True',
        reason: progress,
        message: 'has timed out progressing.',
      },
    ],
  },
})

/** A Route that a router does, or does not, admit. */
export const aRoute = (name: string, admitted: boolean): KubeObject => ({
  apiVersion: 'route.openshift.io/v1',
  kind: 'Route',
  metadata: { name, namespace: NS },
  status: {
    ingress: [
      {
        host: `${name}.example.com`,
        routerName: 'default',
        conditions: [
          { type: 'Admitted', status: admitted ? 'True' : 'False', message: 'HostAlreadyClaimed' },
        ],
      },
    ],
  },
})

export const aClaim = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: NS },
})

/** The Config as it stands in the cluster, with some conditions from before. */
export const aSubject = (
  conditions: ReadonlyArray<JsonObject> = [],
  spec: JsonObject = {},
): KubeObject => ({
  apiVersion: names.CONFIG_API_VERSION,
  kind: 'Config',
  metadata: { name: names.SINGLETON_NAME, generation: 3, uid: 'c', resourceVersion: '12345' },
  spec: { managementState: 'Managed', replicas: 2, ...spec },
  status: { conditions, storage: {}, storageManaged: false },
})

export const before = (
  type: string,
  status: string,
  lastTransitionTime: string,
  reason = '',
): JsonObject => ({ type, status, reason, message: '', lastTransitionTime })

type Changes = {
  readonly config?: Partial<Config>
  readonly refusal?: DecodeError
  readonly live?: ReadonlyArray<KubeObject>
  readonly subject?: KubeObject
  readonly withheld?: ReadonlyArray<Withheld>
  readonly outcome?: Outcome
  readonly now?: string
  readonly failedBefore?: number
  readonly failingSince?: FailingSince
  readonly watchingSince?: string
}

/** What the status stage gets in a healthy pass, with what a test is about in place of the healthy. */
export const aPass = ({
  config = {},
  refusal,
  live = [aDeployment()],
  subject = aSubject(),
  withheld = [],
  outcome = [],
  ...times
}: Changes = {}): StatusInput => ({
  observation: {
    subject,
    config: refusal === undefined ? E.right(aConfig({ replicas: 2, ...config })) : E.left(refusal),
    pruner: E.left({ _tag: 'NoPruner' }),
    facts: someFacts(),
    live: liveObjects(...live),
    unreadable: [],
  },
  withheld,
  outcome,
  now: NOW,
  ...times,
})

/** An action that failed. */
export const failed = (error: ApplyError): Outcome[number] => ({
  action: {
    _tag: 'ApplyObject',
    ref: error.ref,
    change: 'update',
    desired: {
      object: {
        apiVersion: error.ref.apiVersion,
        kind: error.ref.kind,
        metadata: { name: error.ref.name },
      },
      fills: [],
      mode: 'converge',
    },
    changes: [],
  },
  result: E.left(error),
})

/** The Config once its status has been written by server-side apply. */
export const withStatus = (subject: KubeObject, { status }: KubeObject): KubeObject => ({
  ...subject,
  metadata: {
    ...subject.metadata,
    resourceVersion: '12346',
    managedFields: [
      {
        manager: names.STATUS_FIELD_MANAGER,
        operation: 'Apply',
        subresource: 'status',
        apiVersion: names.CONFIG_API_VERSION,
        fieldsType: 'FieldsV1',
        fieldsV1: treeOf({ status: status ?? {} }),
      },
    ],
  },
  ...(status === undefined ? {} : { status }),
})
