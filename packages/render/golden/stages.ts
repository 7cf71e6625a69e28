import * as E from 'fp-ts/Either'

import { decode } from '../src/decode/decode'
import type {
  Action,
  ActionOutcome,
  ApplyObject,
  DesiredState,
  KubeObject,
  Plan,
  Release,
  Snapshot,
} from '../src/model'
import { plan } from '../src/plan/plan'
import { render } from '../src/render'
import { status, type StatusDecision } from '../src/status/status'

/** What the stages say of one snapshot. `desired` is absent where the Config cannot be used. */
export type Said = {
  readonly desired?: DesiredState
  readonly plan: Plan
  readonly status: StatusDecision
}

const RELEASE: Release = {
  registryImage: 'registry.example/image-registry:1.2.3',
  operatorImage: 'registry.example/image-registry-operator:1.2.3',
  prunerImage: 'registry.example/pruner:1.2.3',
  version: '1.2.3',
}

const NOW = '2026-01-01T00:00:00Z'

/** The stages in order; applying is taken to succeed with everything. */
export const said = (snapshot: Snapshot): Said => {
  const observation = decode(snapshot, RELEASE)
  const { config, facts } = observation
  const desired = E.isRight(config) ? render(config.right, facts) : undefined
  const actions = desired === undefined ? [] : plan(desired, observation)
  const decision = status({
    observation,
    withheld: desired?.withheld ?? [],
    outcome: actions.map(succeeded),
    now: NOW,
  })
  return { ...(desired === undefined ? {} : { desired }), plan: actions, status: decision }
}

const succeeded = (action: Action): ActionOutcome => ({
  action,
  result: E.right(action._tag === 'ApplyObject' ? answer(action) : undefined),
})

/** What the API server answers: the object of another generation, with the status that it had. */
const answer = ({ desired: { object }, before }: ApplyObject): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, generation: (before?.metadata.generation ?? 0) + 1 },
  ...(before?.['status'] === undefined ? {} : { status: before['status'] }),
})
