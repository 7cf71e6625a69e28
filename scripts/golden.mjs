// Writes the expected files of all golden cases anew. Read the diff: these files are the specification.
import { spawnSync } from 'node:child_process'

/** The golden cases, deploy/ and examples/snapshot.yaml. */
const goldenTests = [
  'packages/render/golden',
  'packages/operator/src/cli/install/install-command',
  'packages/operator/src/examples',
]

const { status } = spawnSync(
  'vitest',
  ['run', '--project', 'pure', '--project', 'shell', ...goldenTests, ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, GOLDEN: 'rewrite' } },
)
process.exit(status ?? 1)
