/** A property that other tests show. */
type OtherProof = {
  readonly id: string
  readonly words: string
  readonly cases: string
  readonly where: string
}

/** What histories do not show, and which tests do. */
export const OTHER_PROOFS: ReadonlyArray<OtherProof> = [
  {
    id: 'R6',
    words: 'from what is wrong to what is right, without help',
    cases: 'each kind of trouble',
    where: '`packages/simulation/src/recoveries.test.ts`',
  },
  {
    id: 'R7',
    words:
      'a value that is none: nothing is thrown, nothing is written, a condition names the field',
    cases: 'every leaf field of both definitions, each with every kind of value',
    where: '`packages/render/golden/refused-wishes.laws.test.ts`, `strange-wishes.laws.test.ts`',
  },
  {
    id: 'R8',
    words: '100 wake-ups after rest write nothing',
    cases: '100 for each scenario',
    where: '`packages/simulation/src/simulation.test.ts`',
  },
  {
    id: 'R9',
    words: 'facts in another order give equal bytes',
    cases: 'every golden case, and facts by chance',
    where:
      '`packages/render/golden/orders.laws.test.ts`, `packages/render/src/render.laws.test.ts`',
  },
  {
    id: 'R11',
    words: 'no rollout waits for ever',
    cases: 'nodes 1–4 × replicas 0–4 × volumes × affinity × budgets, all of them',
    where: '`packages/render/src/objects/deployment/rollout.laws.test.ts`',
  },
  {
    id: 'R12',
    words: 'no condition blinks while pods only move',
    cases: 'all paths of the rollouts, and traces',
    where: '`packages/render/src/status/rollout.laws.test.ts`, `traces.test.ts`',
  },
]
