import { describe, expect, it } from 'vitest'

import { recordedIo } from '../testing/recorded-io'
import { inputProblem } from './input/input-problem'
import { reportProblems, reportWarnings } from './report'

describe('telling of problems', () => {
  it('gives each one line, whatever the names of files and objects hold', () => {
    const { io, err } = recordedIo()
    const name = 'a\u001B[2Jb\nc\u202E\u0085'
    reportProblems(io)([inputProblem(name, 'is \u0007wrong', 'change\rit')])()
    expect(err()).toBe('a\\u001b[2Jb\\u000ac\\u202e\\u0085: is \\u0007wrong; change\\u000dit\n')
  })

  it('tells the first hundred, and that there are more', () => {
    const { io, err } = recordedIo()
    const warnings = Array.from({ length: 250 }, (_, i) => inputProblem('a', String(i), ''))
    reportWarnings(io)(warnings)()
    const lines = err().trimEnd().split('\n')
    expect([lines.length, lines.at(-2), lines.at(-1)]).toEqual([
      101,
      'warning: a: 99',
      'warning: and more; begin with these',
    ])
  })
})
