import { expect, test } from 'vitest'

import { nearMatch } from './near-match'

const KNOWN = ['routes', 'replicas', 'requests', 'readOnly', 's3', 'gcs', 'pvc', 'httpSecret']

test.each([
  ['routs', 'routes'],
  ['route', 'routes'],
  ['repliacs', 'replicas'],
  ['readonly', 'readOnly'],
  ['HTTPSECRET', 'httpSecret'],
  ['pvcs', 'pvc'],
])('%s was probably meant to be %s', (word, meant) => {
  expect(nearMatch(word, KNOWN)).toBe(meant)
})

test.each(['', 'x', 'azure', 'replication', 'x'.repeat(100_000)])(
  '%s is like nothing known',
  (word) => {
    expect(nearMatch(word, KNOWN)).toBeUndefined()
  },
)

test('the nearest of several is meant', () => {
  expect(nearMatch('route', ['routers', 'routes', 'rotes'])).toBe('routes')
})
