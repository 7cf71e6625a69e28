// Writes the expected files of all golden cases anew. Read the diff: these files are the specification.
import { spawnSync } from 'node:child_process'

const { status } = spawnSync(
  'vitest',
  ['run', '--project', 'pure', 'packages/render/golden', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, GOLDEN: 'rewrite' } },
)
process.exit(status ?? 1)
