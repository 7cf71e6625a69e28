import * as E from 'fp-ts/Either'

import type { ClusterFacts, Config, FieldChange, JsonObject, KubeObject, Outcome } from '../model'
import { isJsonObject, names, objectsOf, textOf } from '../model'
import { status } from '../status/status'
import { patchOf } from './render-config'
import { someFacts } from './some-facts'
import { aPass, aSubject, deploymentRef, NOW, withStatus } from './status-fixtures'

/** What the controller of Deployments reports at one moment. */
export type Moment = {
  readonly generation: number
  /** The generation that it has looked at; the newest when not given. */
  readonly observed?: number
  readonly wanted: number
  readonly replicas: number
  readonly updated?: number
  readonly available: number
  /** Of its condition Progressing. */
  readonly reason: string
  readonly version?: string
}

/** One pass of the operator: what it sees, and what it has just written. */
export type Step = {
  readonly sees: Moment
  /** Paths of the Deployment that this pass has changed, if it has. */
  readonly applied?: ReadonlyArray<string>
  /** Generation of the Config; as before when not given. */
  readonly configGeneration?: number
  readonly config?: Partial<Config>
  readonly facts?: Partial<ClusterFacts>
  /** The pass ends before it has written a status. */
  readonly crashes?: true
}

const SECONDS_BETWEEN = 20

/** The Deployment of the registry as its controller reports on it at that moment. */
export const deploymentAt = (moment: Moment): KubeObject => {
  const { generation, wanted, replicas, available, reason } = moment
  const { observed = generation, updated = replicas, version = '1.2.3' } = moment
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: names.REGISTRY_NAME,
      namespace: names.REGISTRY_NAMESPACE,
      generation,
      annotations: { [names.VERSION_ANNOTATION]: version },
    },
    spec: { replicas: wanted, template: { spec: {} } },
    status: {
      observedGeneration: observed,
      // The controller leaves zeros out.
      ...(replicas === 0 ? {} : { replicas }),
      ...(updated === 0 ? {} : { updatedReplicas: updated }),
      ...(available === 0 ? {} : { availableReplicas: available, readyReplicas: available }),
      conditions: [
        {
          type: 'Progressing',
          status: reason === 'ProgressDeadlineExceeded' ? 'False' : 'True',
          reason,
          lastUpdateTime: NOW,
        },
      ],
    },
  }
}

/** node-ca, at rest. */
export const NODE_CA: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: names.NODE_CA_NAME, namespace: names.REGISTRY_NAMESPACE, generation: 1 },
  status: {
    observedGeneration: 1,
    desiredNumberScheduled: 3,
    updatedNumberScheduled: 3,
    numberAvailable: 3,
  },
}

const NEW_OPERATOR: KubeObject = {
  apiVersion: names.OPENSHIFT_API_VERSION,
  kind: 'ClusterOperator',
  metadata: { name: names.CLUSTER_OPERATOR_NAME },
}

type World = {
  readonly subject: KubeObject
  readonly operator: KubeObject
  readonly config: ReadonlyArray<KubeObject>
  readonly clusterOperator: ReadonlyArray<KubeObject>
}

/** What a pass has done that sees this after it. */
export const outcomeOf = ({ sees, applied }: Pick<Step, 'sees' | 'applied'>): Outcome =>
  applied === undefined
    ? []
    : [
        {
          action: {
            _tag: 'ApplyObject',
            ref: deploymentRef,
            change: 'update',
            desired: { object: deploymentAt(sees), fills: [], mode: 'converge' },
            changes: applied.map((path): FieldChange => ({ path, why: 'differs' })),
          },
          result: E.right(deploymentAt(sees)),
        },
      ]

const after = (world: World, step: Step, index: number): World => {
  const { generation = 3 } = world.subject.metadata
  const subject = {
    ...world.subject,
    metadata: { ...world.subject.metadata, generation: step.configGeneration ?? generation },
  }
  const given = aPass({
    subject,
    live: [deploymentAt(step.sees), NODE_CA, world.operator],
    config: step.config ?? {},
    outcome: outcomeOf(step),
    now: new Date(Date.parse(NOW) + index * SECONDS_BETWEEN * 1000)
      .toISOString()
      .replace('.000', ''),
  })
  const facts = someFacts(step.facts)
  const decision = status({ ...given, observation: { ...given.observation, facts } })
  if (step.crashes === true) return { ...world, subject }
  const config = patchOf(decision)
  const operator = patchOf(decision, 'ClusterOperator')
  return {
    subject: config === undefined ? subject : withStatus(subject, config),
    operator: operator === undefined ? world.operator : withStatus(world.operator, operator),
    config: config === undefined ? world.config : [...world.config, config],
    clusterOperator:
      operator === undefined ? world.clusterOperator : [...world.clusterOperator, operator],
  }
}

const conditionsOf = ({ status: said }: KubeObject): ReadonlyArray<JsonObject> =>
  isJsonObject(said) ? objectsOf(said['conditions']) : []

const statusesOf = (written: ReadonlyArray<KubeObject>, type: string): ReadonlyArray<string> =>
  written
    .flatMap(conditionsOf)
    .filter((condition) => condition['type'] === type)
    .map((condition) => textOf(condition['status']))
    .filter((is, index, all) => is !== all[index - 1])

/** What passes have written, once everything was said about the first thing that they saw. */
export type Trace = {
  /** How many times each status was written. */
  readonly writes: { readonly config: number; readonly clusterOperator: number }
  /** The statuses of a condition in their order, from the beginning, each once until it changes. */
  readonly config: (type: string) => string
  readonly clusterOperator: (type: string) => string
  readonly subject: KubeObject
  readonly operator: KubeObject
}

/** What is written when one pass after the other sees this; the first step is the rest that it begins from. */
export const statusTrace = ([first, ...steps]: readonly [Step, ...Step[]]): Trace => {
  const start: World = {
    subject: aSubject(),
    operator: NEW_OPERATOR,
    config: [],
    clusterOperator: [],
  }
  const rest = after(start, first, 0)
  const end = steps.reduce((world, step, index) => after(world, step, index + 1), rest)
  return {
    writes: {
      config: end.config.length - rest.config.length,
      clusterOperator: end.clusterOperator.length - rest.clusterOperator.length,
    },
    config: (type) => statusesOf(end.config, type).join(' '),
    clusterOperator: (type) => statusesOf(end.clusterOperator, type).join(' '),
    subject: end.subject,
    operator: end.operator,
  }
}
