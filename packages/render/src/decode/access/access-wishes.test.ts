import { describe, expect, it } from 'vitest'

import { names } from '../../model'
import { someFacts } from '../../testing/some-facts'

import { accessProblems, accessWarnings, accessWishes } from './access-wishes'

const config = (annotations?: { readonly [name: string]: string }) => ({
  apiVersion: names.CONFIG_API_VERSION,
  kind: 'Config',
  metadata: { name: 'cluster', ...(annotations === undefined ? {} : { annotations }) },
})

const NOBODY_ASKED = config({ [names.AUTHENTICATION_ANNOTATION]: 'none' })

const problems = (subject: ReturnType<typeof config>, platform: 'OpenShift' | 'Kubernetes') =>
  accessProblems({ subject, facts: someFacts({ platform }) }).map(({ path }) => path)

describe('who is let in', () => {
  it('are users, a first one among them, where people say nothing', () => {
    expect(accessWishes(config())).toEqual({ anonymous: false, firstUser: true })
    expect(problems(config(), 'Kubernetes')).toEqual([])
    expect(accessWarnings(config())).toEqual([])
    expect(accessWarnings({ metadata: 'none' })).toEqual([])
  })

  it('is what the annotations say', () => {
    expect(accessWishes(config({ [names.FIRST_USER_ANNOTATION]: 'none' }))).toEqual({
      anonymous: false,
      firstUser: false,
    })
    expect(accessWishes(NOBODY_ASKED)).toEqual({ anonymous: true, firstUser: true })
    expect(problems(NOBODY_ASKED, 'Kubernetes')).toEqual([])
  })

  it('is warned of where it is everybody', () => {
    expect(accessWarnings(NOBODY_ASKED).map(({ path }) => path)).toEqual([
      'metadata.annotations["imageregistry.operator.openshift.io/authentication"]',
    ])
  })

  it('is refused where a word means nothing, but not on OpenShift, where no word does', () => {
    const subject = config({
      [names.AUTHENTICATION_ANNOTATION]: 'off',
      [names.FIRST_USER_ANNOTATION]: 'ann',
    })
    expect(accessWishes(subject)).toEqual({ anonymous: false, firstUser: true })
    expect(problems(subject, 'Kubernetes')).toEqual([
      'metadata.annotations["imageregistry.operator.openshift.io/authentication"]',
      'metadata.annotations["imageregistry.operator.openshift.io/first-user"]',
    ])
    expect(problems(subject, 'OpenShift')).toEqual([])
  })
})
