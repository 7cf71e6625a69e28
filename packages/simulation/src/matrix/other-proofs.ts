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
    cases:
      '10 troubles × 68 Configs, from the start or later; a sample in CI, all with `RECOVERIES_ONE_IN=1`',
    where: '`packages/simulation/src/recoveries.test.ts`',
  },
  {
    id: 'R7',
    words: 'a value that is none is taken or refused as the definition says, by path and remedy',
    cases: '10,848 pairs of place and value with `FUZZ=all`, about 1,400 in CI',
    where: '`packages/render/golden/strange-wishes.laws.test.ts`',
  },
  {
    id: 'R7',
    words:
      'while a value is refused nothing of the registry is written, and all that is wrong is told',
    cases: 'about 900 in CI, more with `FUZZ`',
    where: '`packages/render/golden/refused-wishes.laws.test.ts`',
  },
  {
    id: 'R7',
    words: 'the same values in what others write: nothing is thrown, no secret is told',
    cases: 'about 120 in CI, more with `FUZZ`',
    where: '`packages/render/golden/strange-facts.laws.test.ts`',
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
    cases: '5 permutations of each golden case; each list of each object reversed with `FUZZ=all`',
    where:
      '`packages/render/golden/golden.laws.test.ts`, `packages/render/golden/orders.laws.test.ts`',
  },
  {
    id: 'R11',
    words: 'no rollout waits for ever',
    cases:
      'nodes 1–4 × replicas 0–4 × volumes × affinity × budgets, all of them with `ROLLOUTS=all`; 450 changes in CI',
    where: '`packages/render/src/objects/deployment/rollout.laws.test.ts`',
  },
  {
    id: 'R12',
    words: 'no condition turns while pods only move',
    cases: 'every moment of these rollouts, and traces with time',
    where: '`packages/render/src/status/rollout.laws.test.ts`, `traces.test.ts` beside it',
  },
  {
    id: 'R1, R2',
    words: 'the same between the operator and a real API server and etcd',
    cases:
      'a life with about 35 faults, servers killed; SIGKILL with a write, before and after it; more with `API_FAULT_SEEDS`, `KILLED_SERVERS`, `CRASH_EFFECTS`',
    where:
      '`e2e/cases/faults/`, `e2e/cases/crash.e2e.ts`, `e2e/cases/storage/storage-crash.e2e.ts`',
  },
  {
    id: 'R13',
    words: 'a leader that was frozen past its lease writes no more; clocks that jump',
    cases: 'one each; more with `LEADER_FREEZES`',
    where: '`e2e/cases/faults/leaders.e2e.ts`',
  },
  {
    id: 'errors',
    words: 'files that are given to the command line: refused with their place, or used',
    cases: '180 in CI, more with `HOSTILE_INPUTS`; 13 of them with the memory of the real process',
    where:
      '`packages/operator/src/cli/input/hostile-input.laws.test.ts`, `e2e/cases/hostile-input.e2e.ts`',
  },
  {
    id: 'errors',
    words: 'whatever is read as text: nothing is thrown, and time grows with the length',
    cases: '20 parsers, 150 texts each',
    where: '`packages/render/src/decode/parsers.fuzz.test.ts`',
  },
  {
    id: 'secrets',
    words: 'no value of a Secret in what an operator has told or written',
    cases: 'after every test and story of a whole operator',
    where: '`packages/apply/src/testing/leaks.test.ts`',
  },
]
