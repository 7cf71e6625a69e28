import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The file that waits for ten minutes starts first, so that the others run beside it. */
// eslint-disable-next-line house/no-class -- vitest asks for a class.
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification): boolean =>
      moduleId.endsWith('/steady-state.e2e.ts')
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

/** They run containers, which takes root. */
const onNode = [
  'e2e/node/*.e2e.ts',
  'e2e/cases/on-a-node/*.e2e.ts',
  'e2e/cases/guides/on-a-node/*.e2e.ts',
]

/** A second, which is what is usual, may be too short for two cores that are busy with something else. */
const expectation = { poll: { timeout: 60_000 } }

const stories = {
  testTimeout: 300_000,
  // A server starts in seconds, but has to be installed the first time, which may take minutes.
  hookTimeout: 600_000,
  globalSetup: 'e2e/harness/global-setup.ts',
  expect: expectation,
}

/** pure: no input or output at all; shell: in-memory servers on loopback; e2e: a real control plane; node: a real node as well. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // The pure core leaves no excuse; the shell is judged by what the world looks like afterwards.
    coverage: {
      include: ['packages/render/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.arbitrary.ts', '**/testing/**'],
      reporter: [['text', { skipFull: true }]],
      thresholds: { lines: 99, functions: 99, statements: 99, branches: 90 },
    },
    projects: [
      {
        test: {
          name: 'pure',
          include: ['packages/render/**/*.test.ts'],
          // Laws try hundreds of cases, and two cores may be busy with something else.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'shell',
          include: [
            'packages/{apply,storage-drivers,oci-image,operator,simulation}/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          testTimeout: 90_000,
          expect: expectation,
        },
      },
      {
        test: {
          ...stories,
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          exclude: onNode,
          // Each file has a control plane of its own, and waits more than it works; one of them waits for ten minutes.
          maxWorkers: 3,
        },
      },
      { test: { ...stories, name: 'node', include: onNode, maxWorkers: 3 } },
    ],
  },
})
