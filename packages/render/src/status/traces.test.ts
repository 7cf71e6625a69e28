import { describe, expect, it } from 'vitest'

import { isJsonObject, type Json } from '../model'
import { type Moment, type Step, statusTrace, type Trace } from '../testing/status-trace'

/** What the controller of Deployments really reports, step by step. */
const DONE = 'NewReplicaSetAvailable'
const CREATED = 'NewReplicaSetCreated'
const UPDATED = 'ReplicaSetUpdated'

const atRest = (changes: Partial<Moment> = {}): Moment => ({
  generation: 4,
  wanted: 2,
  replicas: 2,
  available: 2,
  reason: DONE,
  ...changes,
})

const TEMPLATE = ['spec.template.spec.containers[name=registry].env[name=A].value']
const REST: Step = { sees: atRest() }

const written: Step = {
  sees: atRest({ generation: 5, observed: 4 }),
  applied: TEMPLATE,
  configGeneration: 4,
}

const going = (changes: Partial<Moment>): Step => ({
  sees: atRest({ generation: 5, reason: UPDATED, ...changes }),
})

const rolledOut: Step = { sees: atRest({ generation: 5 }) }

const ROLLOUT: ReadonlyArray<Step> = [
  going({ observed: 4, reason: CREATED }),
  going({ replicas: 2, updated: 0, available: 2, reason: CREATED }),
  going({ replicas: 3, updated: 1, available: 2 }),
  going({ replicas: 2, updated: 1, available: 1 }),
  going({ replicas: 2, updated: 1, available: 2 }),
  going({ replicas: 3, updated: 2, available: 2 }),
  going({ replicas: 2, updated: 2, available: 1 }),
  rolledOut,
]

const statusOf = ({ subject }: Trace, field: string): Json | undefined =>
  isJsonObject(subject['status']) ? subject['status'][field] : undefined

const shown = (trace: Trace) => ({
  ...trace.writes,
  Available: trace.config('Available'),
  Progressing: trace.config('Progressing'),
  Degraded: trace.config('Degraded'),
  Ready: trace.config('Ready'),
})

const NO_WORD_TO_THE_CLUSTER = { clusterOperator: 0 }

describe('a rollout', () => {
  it('is written when it begins and when it has ended, and is no business of the cluster', () => {
    const trace = statusTrace([REST, written, ...ROLLOUT])
    expect(shown(trace)).toEqual({
      config: 2,
      ...NO_WORD_TO_THE_CLUSTER,
      Available: 'True',
      Progressing: 'False True False',
      Degraded: 'False',
      Ready: 'True False True',
    })
    expect(trace.config('Reconciling')).toBe('False True False')
    expect(statusOf(trace, 'readyReplicas')).toBe(2)
    expect(statusOf(trace, 'observedGeneration')).toBe(4)
    expect(statusOf(trace, 'generations')).toMatchObject([{ lastGeneration: 5 }, {}])
  })

  it('back to pods as they were before has not ended because the controller repeats its last word', () => {
    const repeated = going({ updated: 0, reason: DONE })
    const trace = statusTrace([REST, written, repeated, ...ROLLOUT.slice(2)])
    expect(shown(trace)).toMatchObject({ config: 2, Progressing: 'False True False' })
  })

  it('that somebody else has started is told once its controller has seen what it is', () => {
    const restarted: Step = { sees: atRest({ generation: 5, observed: 4 }) }
    const trace = statusTrace([REST, restarted, ...ROLLOUT])
    expect(shown(trace)).toMatchObject({
      ...NO_WORD_TO_THE_CLUSTER,
      Progressing: 'False True False',
      Ready: 'True False True',
      Degraded: 'False',
    })
  })

  it('is told by the next process when the one that began it ended before it could', () => {
    const trace = statusTrace([
      REST,
      { ...written, crashes: true },
      { sees: written.sees },
      ...ROLLOUT,
    ])
    expect(shown(trace)).toMatchObject({
      Progressing: 'False True False',
      Ready: 'True False True',
      Degraded: 'False',
    })
  })

  it('of all pods at once interrupts the registry, and the cluster is told', () => {
    const trace = statusTrace([
      REST,
      written,
      going({ replicas: 1, updated: 0, available: 1, reason: CREATED }),
      going({ replicas: 0, available: 0, reason: CREATED }),
      going({ replicas: 2, available: 0 }),
      going({ replicas: 2, available: 1 }),
      rolledOut,
    ])
    expect(shown(trace)).toEqual({
      config: 4,
      clusterOperator: 2,
      Available: 'True False True',
      Progressing: 'False True False',
      Degraded: 'False',
      Ready: 'True False True',
    })
    expect(trace.clusterOperator('Progressing')).toBe('False True False')
  })

  it('has not ended when the last pod has gone and the first one has not come', () => {
    const none = { replicas: 0, updated: 0, available: 0 }
    const trace = statusTrace([
      REST,
      written,
      going({ ...none, reason: DONE }),
      going({ ...none, reason: CREATED }),
      going({ replicas: 2, available: 0 }),
      rolledOut,
    ])
    expect(shown(trace)).toMatchObject({
      Available: 'True False True',
      Progressing: 'False True False',
      Ready: 'True False True',
    })
  })

  it('that is stuck is told, and once more when it gets on', () => {
    const stuck = going({
      replicas: 3,
      updated: 1,
      available: 2,
      reason: 'ProgressDeadlineExceeded',
    })
    const trace = statusTrace([REST, written, ...ROLLOUT.slice(0, 3), stuck, stuck, rolledOut])
    expect(shown(trace)).toMatchObject({
      config: 3,
      clusterOperator: 2,
      Progressing: 'False True False',
      Degraded: 'False True False',
    })
    expect(trace.config('Stalled')).toBe('False True False')
  })

  it('that is stuck stays so when it is scaled, and not when its pods change', () => {
    const stuck = { ...going({ replicas: 3, updated: 1 }).sees, reason: 'ProgressDeadlineExceeded' }
    const unseen = { ...stuck, generation: 6, observed: 5 }
    const before: readonly [Step, ...Step[]] = [REST, written, { sees: stuck }]
    const scaled: Step = { sees: { ...unseen, wanted: 3 }, applied: ['spec.replicas'] }
    const seen: Step = { sees: { ...stuck, generation: 6, wanted: 3 } }
    expect(statusTrace([...before, scaled, seen]).config('Degraded')).toBe('False True')
    const changed: Step = { sees: unseen, applied: TEMPLATE }
    const again = statusTrace([...before, changed, { sees: unseen }, going({ generation: 6 })])
    expect(again.config('Degraded')).toBe('False True False')
  })

  it('takes another wish along, and says at once that it was seen', () => {
    const again: Step = {
      sees: going({ generation: 6, observed: 5, updated: 1 }).sees,
      applied: TEMPLATE,
      configGeneration: 5,
    }
    const end: Step = { sees: atRest({ generation: 6 }) }
    const middle = statusTrace([REST, written, ...ROLLOUT.slice(0, 3), again])
    expect(statusOf(middle, 'observedGeneration')).toBe(5)
    const trace = statusTrace([REST, written, ...ROLLOUT.slice(0, 3), again, end])
    expect(shown(trace)).toMatchObject({ config: 3, Progressing: 'False True False' })
  })
})

describe('one pod on a volume for one node', () => {
  const one = (changes: Partial<Moment>): Step => going({ wanted: 1, replicas: 1, ...changes })
  const twelve = <Value>(value: Value): ReadonlyArray<Value> =>
    Array.from({ length: 12 }, () => value)

  it('that waits four minutes for its volume is not available, and not degraded', () => {
    const late = { updated: 1, available: 0, reason: 'ProgressDeadlineExceeded' }
    const trace = statusTrace([
      { sees: atRest({ wanted: 1, replicas: 1, available: 1 }) },
      { ...written, sees: { ...written.sees, wanted: 1, replicas: 1, available: 1 } },
      one({ replicas: 0, updated: 0, available: 0, reason: CREATED }),
      one({ available: 0 }),
      ...twelve(one(late)),
      one({ available: 1, reason: DONE }),
    ])
    expect(shown(trace)).toEqual({
      config: 3,
      clusterOperator: 2,
      Available: 'True False True',
      Progressing: 'False True False',
      Degraded: 'False',
      Ready: 'True False True',
    })
  })
})

describe('an upgrade', () => {
  const release = { registryImage: 'r:2', operatorImage: 'o:2', prunerImage: 'p:2' }
  const facts = { release: { ...release, version: '2.0.0', imageVersion: '2.0.0' } }
  const upgraded = (step: Step): Step => ({
    ...step,
    sees: { ...step.sees, version: '2.0.0' },
    facts,
  })

  it('is told to the cluster once, with its version at the end', () => {
    const trace = statusTrace([REST, upgraded(written), ...ROLLOUT.map(upgraded)])
    expect(shown(trace)).toMatchObject({
      config: 2,
      clusterOperator: 2,
      Available: 'True',
      Progressing: 'False True False',
      Degraded: 'False',
    })
    expect(trace.clusterOperator('Available')).toBe('True')
    expect(trace.clusterOperator('Progressing')).toBe('False True False')
    expect(trace.clusterOperator('Degraded')).toBe('False')
    expect(trace.operator['status']).toMatchObject({
      versions: [{ name: 'operator', version: '2.0.0' }],
    })
  })
})

describe('scaling', () => {
  it('up is written when it begins and when all replicas are there', () => {
    const trace = statusTrace([
      REST,
      {
        sees: atRest({ generation: 5, observed: 4, wanted: 4 }),
        applied: ['spec.replicas'],
        configGeneration: 4,
      },
      { sees: atRest({ generation: 5, wanted: 4 }) },
      { sees: atRest({ generation: 5, wanted: 4, replicas: 4 }) },
      { sees: atRest({ generation: 5, wanted: 4, replicas: 4, available: 3 }) },
      { sees: atRest({ generation: 5, wanted: 4, replicas: 4, available: 4 }) },
    ])
    expect(shown(trace)).toEqual({
      config: 2,
      ...NO_WORD_TO_THE_CLUSTER,
      Available: 'True',
      Progressing: 'False',
      Degraded: 'False',
      Ready: 'True False True',
    })
    expect(trace.config('Reconciling')).toBe('False True False')
    expect(statusOf(trace, 'readyReplicas')).toBe(4)
  })

  it('down as well', () => {
    const trace = statusTrace([
      REST,
      {
        sees: atRest({ generation: 5, observed: 4, wanted: 1 }),
        applied: ['spec.replicas'],
        configGeneration: 4,
      },
      { sees: atRest({ generation: 5, wanted: 1 }) },
      { sees: atRest({ generation: 5, wanted: 1, replicas: 1, available: 1 }) },
    ])
    expect(shown(trace)).toMatchObject({
      config: 2,
      ...NO_WORD_TO_THE_CLUSTER,
      Progressing: 'False',
      Ready: 'True False True',
    })
    expect(statusOf(trace, 'readyReplicas')).toBe(1)
  })
})

describe('pods that move', () => {
  it('because a node is drained are told in two writes, and not to the cluster', () => {
    const trace = statusTrace([
      REST,
      { sees: atRest({ replicas: 1, available: 1 }) },
      { sees: atRest({ replicas: 2, available: 1 }) },
      { sees: atRest() },
    ])
    expect(shown(trace)).toEqual({
      config: 2,
      ...NO_WORD_TO_THE_CLUSTER,
      Available: 'True',
      Progressing: 'False',
      Degraded: 'False',
      Ready: 'True False True',
    })
    expect(trace.config('Reconciling')).toBe('False')
  })

  it('because a node starts anew are told in two writes, with pods that are slow to start', () => {
    const trace = statusTrace([
      REST,
      { sees: atRest({ available: 1 }) },
      ...Array.from({ length: 20 }, () => ({ sees: atRest({ available: 1 }) })),
      { sees: atRest() },
    ])
    expect(shown(trace)).toEqual({
      config: 2,
      ...NO_WORD_TO_THE_CLUSTER,
      Available: 'True',
      Progressing: 'False',
      Degraded: 'False',
      Ready: 'True False True',
    })
  })

  it('make the registry unavailable where there is only one, but neither progressing nor degraded', () => {
    const one = (changes: Partial<Moment>): Step => ({ sees: atRest({ wanted: 1, ...changes }) })
    const trace = statusTrace([
      one({ replicas: 1, available: 1 }),
      one({ replicas: 0, available: 0 }),
      one({ replicas: 1, available: 0 }),
      one({ replicas: 1, available: 1 }),
    ])
    expect(shown(trace)).toEqual({
      config: 2,
      clusterOperator: 2,
      Available: 'True False True',
      Progressing: 'False',
      Degraded: 'False',
      Ready: 'True False True',
    })
    expect(trace.clusterOperator('Progressing')).toBe('False')
  })
})

describe('the first rollout', () => {
  it('is told to the cluster until there is a registry of the release', () => {
    const trace = statusTrace([
      { sees: atRest({ generation: 1, observed: 0, replicas: 0, available: 0, reason: '' }) },
      { sees: atRest({ generation: 1, replicas: 0, available: 0, reason: CREATED }) },
      { sees: atRest({ generation: 1, replicas: 2, available: 0, reason: UPDATED }) },
      { sees: atRest({ generation: 1, replicas: 2, available: 1, reason: UPDATED }) },
      { sees: atRest({ generation: 1 }) },
    ])
    expect(shown(trace)).toMatchObject({
      config: 2,
      clusterOperator: 1,
      Available: 'False True',
      Progressing: 'True False',
      Degraded: 'False',
    })
    expect(trace.clusterOperator('Available')).toBe('False True')
    expect(trace.clusterOperator('Progressing')).toBe('True False')
  })
})
