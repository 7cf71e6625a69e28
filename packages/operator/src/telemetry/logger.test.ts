import { expect, it } from 'vitest'

import { jsonLogger } from './logger'

it('writes one JSON object per line, with a constant message and the fields of the event', () => {
  const lines: string[] = []
  const { log } = jsonLogger('info', { write: (line) => void lines.push(line) })
  log({ _tag: 'ObjectApplied', object: 'Service a/b', change: 'update', fields: [] })()
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/\n$/)
  const { time, ...line } = JSON.parse(lines[0] ?? '') as { time: string }
  expect(new Date(time).getTime()).toBeGreaterThan(0)
  expect(line).toEqual({
    level: 'info',
    msg: 'object changed',
    event: 'ObjectApplied',
    object: 'Service a/b',
    change: 'update',
    fields: [],
  })
})

it('leaves out what is below its level', () => {
  const lines: string[] = []
  const { log } = jsonLogger('error', { write: (line) => void lines.push(line) })
  log({ _tag: 'ObjectApplied', object: 'Service a/b', change: 'update', fields: [] })()
  expect(lines).toEqual([])
})

it('has the lines that tests of the original look for', () => {
  const lines: string[] = []
  const { log } = jsonLogger('info', { write: (line) => void lines.push(line) })
  log({ _tag: 'Starting', version: '1.2.3', release: '4', namespace: 'ns' })()
  log({ _tag: 'WatchingFiles', files: ['/a', '/b', '/c'] })()
  log({ _tag: 'LeadershipAcquired', identity: 'me' })()
  const all = lines.join('')
  expect(all).toContain('Cluster Image Registry Operator Version: 1.2.3')
  expect(all).toContain('Watching files [/a /b /c]...')
  expect(all).toContain('successfully acquired lease')
})

it('says more, and less, when it is told to', () => {
  const lines: string[] = []
  const { log, setLevel } = jsonLogger('info', { write: (line) => void lines.push(line) })
  const fails = log({ _tag: 'EventFailed', reason: 'a', error: 'b' })
  fails()
  expect(lines).toHaveLength(0)
  setLevel('debug')()
  fails()
  expect(lines).toHaveLength(1)
  setLevel('info')()
  fails()
  expect(lines).toHaveLength(1)
})
