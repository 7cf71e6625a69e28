import { expect, it } from 'vitest'

import { jsonLog } from './logger'

it('writes one JSON object per line, with a constant message and the fields of the event', () => {
  const lines: string[] = []
  const log = jsonLog('info', { write: (line) => void lines.push(line) })
  log({ _tag: 'ObjectApplied', object: 'Service a/b', change: 'update', fields: [] })()
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/\n$/)
  const { time, ...line } = JSON.parse(lines[0] ?? '') as { time: string }
  expect(new Date(time).getTime()).toBeGreaterThan(0)
  expect(line).toEqual({
    level: 'info',
    msg: 'applied object',
    event: 'ObjectApplied',
    object: 'Service a/b',
    change: 'update',
    fields: [],
  })
})

it('leaves out what is below its level', () => {
  const lines: string[] = []
  const log = jsonLog('error', { write: (line) => void lines.push(line) })
  log({ _tag: 'ObjectApplied', object: 'Service a/b', change: 'update', fields: [] })()
  expect(lines).toEqual([])
})
