import { describe, expect, it } from 'vitest'

import { digestOfText } from '../digest'
import { fieldStep } from '../fields/field-path'
import type { DesiredObject, KubeObject } from '../model'
import { names } from '../model'
import { aConfig } from '../testing/a-config'
import { desiredOf } from '../testing/desired-objects'
import { anObservation } from '../testing/live-objects'
import { renderConfig } from '../testing/render-config'
import { applied, edited } from '../testing/server-side-apply'
import { someContent, someFacts } from '../testing/some-facts'
import { anS3Bucket } from '../testing/some-storage'
import { withComposedAsLive } from './composed-values'
import { plan } from './plan'

const secretFor = (accessKey: string): DesiredObject => {
  const contents = [
    ...someFacts().contents,
    someContent('Secret', names.USER_CREDENTIALS_SECRET, {
      REGISTRY_STORAGE_S3_ACCESSKEY: accessKey,
      REGISTRY_STORAGE_S3_SECRETKEY: 'secret',
    }),
  ]
  const desired = renderConfig(
    aConfig({ storage: anS3Bucket(), httpSecret: { _tag: 'FromSpec', digest: digestOfText('h') } }),
    someFacts({ contents }),
  )
  const secret = desiredOf(desired, 'Secret', names.PRIVATE_CONFIGURATION_SECRET)
  if (secret === undefined) throw new Error('there is no Secret')
  return secret
}

const COMPOSED = digestOfText('[default]\n…')

/** What the API server has once the value has been composed, and read back as its digest. */
const filled = (object: KubeObject, value = COMPOSED): KubeObject => ({
  ...object,
  data: { ...(object['data'] as object), credentials: value },
})

const planFor = (desired: DesiredObject, live: KubeObject) =>
  plan({ objects: [desired], withheld: [] }, anObservation([live]))

const changesOf = (desired: DesiredObject, live: KubeObject) =>
  planFor(desired, live).flatMap((action) =>
    action._tag === 'ApplyObject'
      ? action.changes.map(({ path, why }) => `${path} ${why}`)
      : [action._tag],
  )

describe('a composed value', () => {
  const desired = secretFor('id')
  const live = filled(applied(desired.object))

  it('is right while what it was made from is the same', () => {
    expect(planFor(desired, live)).toEqual([])
  })

  it('is made anew when one of its sources changes', () => {
    expect(changesOf(secretFor('other'), live)).toContain('data.credentials differs')
  })

  it('is made anew when somebody has edited it', () => {
    const path = ['data', 'credentials'].map(fieldStep)
    const theirs = edited(live, path, { by: 'somebody', value: digestOfText('mine') })
    expect(changesOf(desired, theirs)).toEqual(['data.credentials not-owned'])
  })

  it('is made when it is missing', () => {
    const { credentials: _, ...data } = live['data'] as Record<string, string>
    expect(changesOf(desired, { ...live, data })).toContain('data.credentials differs')
  })

  it('that stands nowhere, or beside what is no map, changes nothing', () => {
    const source = { _tag: 'Composed' as const, parts: [], form: 'text' as const }
    const fill = (...path: ReadonlyArray<string>) => ({
      ...desired,
      fills: [{ path, encoding: 'text' as const, source }],
    })
    expect(withComposedAsLive(fill(), live).object).toEqual(desired.object)
    expect(withComposedAsLive(fill('kind'), live).object).toEqual(desired.object)
    const plain = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }
    expect(withComposedAsLive({ ...desired, object: plain }, plain).object).toEqual(plain)
  })
})
