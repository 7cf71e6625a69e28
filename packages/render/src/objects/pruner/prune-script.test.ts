import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'

import { PRUNE_SCRIPT } from './prune-script'

// Instead of waiting it says how long it would; `fails <n> <code>` fails so many times.
const STAND_INS = `
count=0
sleep() { echo "slept $1"; }
fails() { count=$((count + 1)); echo "try $count"; [ "$count" -gt "$1" ] || return "$2"; }
`

const run = (...command: ReadonlyArray<string>) => {
  const { status, stdout, stderr } = spawnSync(
    '/bin/sh',
    ['-c', STAND_INS + PRUNE_SCRIPT, 'arg0', ...command],
    { encoding: 'utf8' },
  )
  return {
    status,
    said: stdout.split('\n').slice(0, -1),
    complained: stderr.split('\n').slice(0, -1),
  }
}

const complaint = (attempt: number, code: number) =>
  `attempt #${attempt} has failed (exit code ${code}), going to make another attempt...`

describe('the script of the clean-up', () => {
  test('runs its arguments as they are', () => {
    expect(run('printf', '%s|', 'a b', '$c')).toMatchObject({ status: 0, complained: [] })
    expect(run('echo', 'a  b', '*').said).toEqual(['a  b *'])
  })

  test('is done with the first success', () => {
    expect(run('fails', '0', '1')).toEqual({ status: 0, said: ['try 1'], complained: [] })
  })

  test('tries again after longer and longer pauses', () => {
    expect(run('fails', '2', '7')).toEqual({
      status: 0,
      said: ['try 1', 'slept 30', 'try 2', 'slept 60', 'try 3'],
      complained: [complaint(1, 7), complaint(2, 7)],
    })
  })

  test('gives up after five more tries, with the exit code of the last', () => {
    const { status, said, complained } = run('fails', '9', '3')
    expect(status).toBe(3)
    expect(said.filter((line) => line.startsWith('try'))).toHaveLength(6)
    expect(said.filter((line) => line.startsWith('slept'))).toEqual(
      [30, 60, 90, 120, 150].map((seconds) => `slept ${seconds}`),
    )
    expect(complained).toEqual([1, 2, 3, 4, 5].map((attempt) => complaint(attempt, 3)))
  })
})
