import { expect, it } from 'vitest'

import type { JsonObject } from './json'
import { keepsApart } from './keeps-apart'

const LABELS = { 'docker-registry': 'default' }
const OURS = { matchLabels: LABELS }

const withTerm = (term: JsonObject): JsonObject => ({
  metadata: { labels: LABELS },
  spec: {
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'kubernetes.io/hostname', ...term },
        ],
      },
    },
  },
})

const expression = (key: string, operator: string, ...values: ReadonlyArray<string>) => ({
  labelSelector: {
    matchExpressions: [{ key, operator, ...(values.length > 0 ? { values } : {}) }],
  },
})

it.each<[string, JsonObject, boolean]>([
  ['the registry by its label', { labelSelector: OURS }, true],
  ['everything', { labelSelector: {} }, true],
  ['nothing', {}, false],
  ['others', { labelSelector: { matchLabels: { app: 'other' } } }, false],
  [
    'the namespace of the registry',
    { labelSelector: OURS, namespaces: ['openshift-image-registry'] },
    true,
  ],
  ['another namespace', { labelSelector: OURS, namespaces: ['mine'] }, false],
  [
    'namespaces by their labels',
    { labelSelector: OURS, namespaces: ['mine'], namespaceSelector: {} },
    true,
  ],
  [
    'pods of the same template only',
    { labelSelector: OURS, matchLabelKeys: ['pod-template-hash'] },
    false,
  ],
  ['one of some values', expression('docker-registry', 'In', 'default', 'other'), true],
  ['one of other values', expression('docker-registry', 'In', 'other'), false],
  ['none of some values', expression('docker-registry', 'NotIn', 'other'), true],
  ['none of its values', expression('docker-registry', 'NotIn', 'default'), false],
  ['a label that is not there, whatever else', expression('app', 'NotIn', 'other'), true],
  ['a label that is there', expression('docker-registry', 'Exists'), true],
  ['a label that is missing', expression('app', 'Exists'), false],
  ['what has no label', expression('app', 'DoesNotExist'), true],
  ['what has not this one', expression('docker-registry', 'DoesNotExist'), false],
  ['what nobody understands', expression('docker-registry', 'Gt', '1'), false],
])('a rule about %s', (_, term, is) => {
  expect(keepsApart(withTerm(term))).toBe(is)
})

it('no rule, and one that does not insist, keep nobody apart', () => {
  expect(keepsApart(undefined)).toBe(false)
  expect(keepsApart({ metadata: { labels: LABELS }, spec: {} })).toBe(false)
  const preferred = { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1 }] }
  expect(keepsApart({ spec: { affinity: { podAntiAffinity: preferred } } })).toBe(false)
})
