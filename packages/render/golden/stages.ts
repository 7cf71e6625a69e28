import * as E from 'fp-ts/Either'

import { decode } from '../src/decode/decode'
import type { ClusterEvent } from '../src/events/cluster-event'
import { events } from '../src/events/events'
import { keptObject } from '../src/decode/manifest/kept-object'
import {
  type Action,
  type ActionOutcome,
  type ApplyObject,
  type DesiredState,
  type KubeObject,
  type Observation,
  type Plan,
  type Release,
  WATCHED_KINDS,
} from '../src/model'
import { plan } from '../src/plan/plan'
import { render } from '../src/render'
import { status, type StatusDecision } from '../src/status/status'
import { lookedAt } from '../src/testing/looked-at'

/** What the stages say of one snapshot. */
export type Said = {
  readonly desired: DesiredState
  readonly plan: Plan
  readonly status: StatusDecision
  readonly events: ReadonlyArray<ClusterEvent>
}

export const RELEASE: Release = {
  registryImage: 'registry.example/image-registry:1.2.3',
  operatorImage: 'registry.example/image-registry-operator:1.2.3',
  prunerImage: 'registry.example/pruner:1.2.3',
  version: '1.2.3',
  imageVersion: '1.2.3',
}

const NOW = '2026-01-01T00:00:00Z'

/** What the watch cache would hold of an object; the answer of discovery does not go through it. */
const kept = (object: KubeObject): KubeObject =>
  object.kind === 'APIGroupDiscoveryList'
    ? object
    : keptObject(
        object,
        WATCHED_KINDS.some(
          ({ kind, metadataOnly = false }) => kind === object.kind && metadataOnly,
        ),
      )

/**
 * The stages in order; applying is taken to succeed with everything. They see only what is kept of each object,
 * so that a case fails which needs more.
 */
export const said = (objects: ReadonlyArray<KubeObject>): Said => saidOfFiles(objects.map(kept))

/** The same of objects that are read from files, of which everything is there. */
export const saidOfFiles = (objects: ReadonlyArray<KubeObject>): Said => {
  const observation = decode(lookedAt(objects, RELEASE), RELEASE)
  const desired = render(observation, observation.facts)
  const { storage, storageProblem } = desired
  const actions = plan(desired, observation)
  const outcome = actions.map(succeeded)
  const decision = status({
    observation,
    withheld: desired.withheld,
    ...(storage === undefined ? {} : { storage }),
    ...(storageProblem === undefined ? {} : { storageProblem }),
    outcome,
    now: NOW,
  })
  const written = writtenConfig(decision, observation)
  const told = events({ observation, outcome, ...(written === undefined ? {} : { written }) })
  return { desired, plan: actions, status: decision, events: told }
}

/** The Config as it is once its status has been written. */
const writtenConfig = (
  { patches }: StatusDecision,
  { subject }: Observation,
): KubeObject | undefined => {
  const patch = patches.find(({ object }) => object.kind === 'Config')
  return subject === undefined || patch === undefined
    ? undefined
    : { ...subject, status: patch.object['status'] ?? null }
}

const succeeded = (action: Action): ActionOutcome => ({
  action,
  result: E.right(action._tag === 'ApplyObject' ? answer(action) : undefined),
})

/** What the API server answers: the object with the status that it had, of another generation if its spec is another. */
const answer = ({ desired: { object }, before, changes }: ApplyObject): KubeObject => {
  const isOther = changes.some(({ path, why }) => path.startsWith('spec') && why !== 'not-owned')
  const generation =
    before === undefined ? 1 : (before.metadata.generation ?? 0) + (isOther ? 1 : 0)
  return {
    ...object,
    metadata: { ...object.metadata, generation },
    ...(before?.['status'] === undefined ? {} : { status: before['status'] }),
  }
}
