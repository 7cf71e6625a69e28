import * as E from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'

import { names, PRUNER_DEFAULTS } from '../../model'
import { decodePruner } from './decode-pruner'

const imagePruner = (annotations: { readonly [name: string]: string }, spec = {}) => ({
  apiVersion: names.CONFIG_API_VERSION,
  kind: 'ImagePruner',
  metadata: { name: 'cluster', annotations },
  spec,
})

const asked = (untagged: string, window: string) => ({
  [names.DELETE_UNTAGGED_ANNOTATION]: untagged,
  [names.READ_ONLY_WINDOW_ANNOTATION]: window,
})

const problems = (annotations: { readonly [name: string]: string }) => {
  const decoded = decodePruner(imagePruner(annotations), 'Kubernetes')
  return E.isLeft(decoded) && decoded.left._tag === 'InvalidPruner'
    ? decoded.left.problems.map(({ path, message }) => `${path} ${message}`)
    : []
}

describe('what people want of the clean-up of plain Kubernetes', () => {
  test('is an hour without pushes, and to keep what no tag names', () => {
    expect(decodePruner(imagePruner({}), 'Kubernetes')).toEqual(
      E.right({
        ...PRUNER_DEFAULTS,
        collection: { deleteUntagged: false, windowSeconds: 3600 },
      }),
    )
  })

  test('is what the annotations say', () => {
    expect(decodePruner(imagePruner(asked('true', '1h30m')), 'Kubernetes')).toMatchObject(
      E.right({ collection: { deleteUntagged: true, windowSeconds: 5400 } }),
    )
  })

  test.each([
    ['true', '59s'],
    ['true', '25h'],
    ['true', '-1h'],
    ['true', 'long'],
  ])('has to end: %s, %s', (untagged, window) => {
    expect(problems(asked(untagged, window))).toEqual([
      `metadata.annotations["${names.READ_ONLY_WINDOW_ANNOTATION}"] must be a duration from 1m to 24h, got "${window}"`,
    ])
  })

  test('has to be said clearly', () => {
    expect(problems(asked('yes', ''))).toEqual([
      `metadata.annotations["${names.DELETE_UNTAGGED_ANNOTATION}"] must be true or false, got "yes"`,
    ])
  })

  test('can be suspended whatever else is said', () => {
    const suspended = imagePruner(asked('yes', 'long'), { suspend: true })
    expect(decodePruner(suspended, 'Kubernetes')).toMatchObject(E.right({ suspend: true }))
  })

  test('is nothing on OpenShift', () => {
    expect(decodePruner(imagePruner(asked('yes', 'long')), 'OpenShift')).toEqual(
      E.right(PRUNER_DEFAULTS),
    )
  })
})
