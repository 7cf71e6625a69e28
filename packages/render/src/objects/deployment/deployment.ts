import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import { digestOfJson } from '../../digest'
import {
  type ClusterFacts,
  type Config,
  type JsonObject,
  keepsApart,
  type KubeObject,
  machineUnread,
  names,
  objectRef,
} from '../../model'
import { registryLabels, registrySelector } from '../labels'
import { podNeeds } from './pod-needs'
import { podTemplate } from './pod-template'
import { registryAffinity } from '../pruner/one-node'
import { isReadOnlyFor } from '../pruner/read-only-window'
import { converging, type Rendered, withheld } from '../rendered'

const API_VERSION = 'apps/v1'

/** After this long without progress the rollout counts as stuck, and the status says so. */
const PROGRESS_DEADLINE_SECONDS = 120

/** The registry itself, unless its storage cannot be used, its certificate is on its way or its volumes have no owner. */
export const deployment = (config: Config, facts: ClusterFacts): Rendered =>
  pipe(
    podNeeds(config, facts),
    E.matchW(
      (problem) => withheld(ref, problem),
      (needs) =>
        converging(
          deploymentOf(
            config,
            facts,
            podTemplate(
              {
                ...config,
                ...registryAffinity(config, facts),
                readOnly: isReadOnlyFor(config, facts),
              },
              facts,
              needs,
            ),
          ),
        ),
    ),
  )

/** The registry, of which nothing can be said before its platform is known, by which its storage is chosen. */
export const awaitedDeployment = (facts: ClusterFacts): Rendered =>
  withheld(ref, machineUnread(facts))

const ref = objectRef(API_VERSION, 'Deployment', names.REGISTRY_NAME, names.REGISTRY_NAMESPACE)

const deploymentOf = (config: Config, facts: ClusterFacts, template: JsonObject): KubeObject => {
  const hasToMakeRoom = makesRoom(config, facts, template)
  const spec = {
    progressDeadlineSeconds: PROGRESS_DEADLINE_SECONDS,
    replicas: config.replicas,
    selector: registrySelector,
    strategy: hasToMakeRoom ? OLD_PODS_FIRST : strategy(config),
    template,
  }
  return {
    apiVersion: API_VERSION,
    kind: 'Deployment',
    metadata: {
      name: names.REGISTRY_NAME,
      namespace: names.REGISTRY_NAMESPACE,
      labels: registryLabels,
      annotations: {
        [names.VERSION_ANNOTATION]: facts.release.version,
        ...config.overrides.annotations,
        [names.SPEC_HASH_ANNOTATION]: digestOfJson(spec).replace('sha256:', ''),
        ...(hasToMakeRoom ? { [names.MAKES_ROOM_ANNOTATION]: 'true' } : {}),
      },
    },
    spec,
  }
}

const OLD_PODS_FIRST: JsonObject = { type: 'Recreate' }

/**
 * Pods that keep apart keep others off their node as well, and on the only node those would wait for ever. That is known of
 * the pods that run, so it is written down until the last of them is replaced. Where two of them run there are two nodes.
 */
const makesRoom = (
  { replicas, rolloutStrategy }: Config,
  { podsInTheWay }: ClusterFacts,
  template: JsonObject,
): boolean =>
  podsInTheWay && rolloutStrategy === 'RollingUpdate' && replicas > 0 && !keepsApart(template)

const strategy = ({ replicas, rolloutStrategy }: Config): JsonObject =>
  rolloutStrategy === 'Recreate'
    ? OLD_PODS_FIRST
    : { type: 'RollingUpdate', rollingUpdate: rollingUpdate(replicas) }

/**
 * Two replicas must not share a node, so with two nodes one has to go before its successor fits. More may share
 * one; but while a registry of two is scaled up, the old pods still keep the new ones off their nodes, so the
 * rollout may not wait for more than one of them. Zero replicas lack nobody.
 */
const rollingUpdate = (replicas: number): JsonObject =>
  replicas === 2
    ? { maxUnavailable: 1, maxSurge: 1 }
    : { maxUnavailable: Math.max(0, replicas - 1), maxSurge: '25%' }
