import { describe, expect, it } from 'vitest'

import { names } from '../../model'

import { claimProblems, claimWishes } from './claim-wishes'

const config = (annotations: { readonly [name: string]: string }) => ({
  apiVersion: names.CONFIG_API_VERSION,
  kind: 'Config',
  metadata: { name: 'cluster', annotations },
})

const ON_CLAIM = { replicas: 1, storage: { pvc: {} } }

describe('what people want of the claim that is made', () => {
  it('is 100Gi of whatever the platform has, where they say nothing', () => {
    expect(claimWishes(config({}))).toEqual({ size: '100Gi' })
    expect(claimProblems(config({}), ON_CLAIM)).toEqual([])
  })

  it('is what the annotations say', () => {
    const subject = config({
      [names.CLAIM_SIZE_ANNOTATION]: '1Ti',
      [names.CLAIM_CLASS_ANNOTATION]: 'fast',
      [names.CLAIM_MODE_ANNOTATION]: 'ReadWriteOnce',
    })
    expect(claimWishes(subject)).toEqual({
      size: '1Ti',
      storageClass: 'fast',
      accessMode: 'ReadWriteOnce',
    })
    expect(claimProblems(subject, ON_CLAIM)).toEqual([])
  })

  it('is refused with everything that is wrong with it, where a claim is wanted', () => {
    const subject = config({
      [names.CLAIM_SIZE_ANNOTATION]: 'big',
      [names.CLAIM_CLASS_ANNOTATION]: 'No Name',
      [names.CLAIM_MODE_ANNOTATION]: 'ReadOnlyMany',
    })
    expect(claimProblems(subject, ON_CLAIM).map(({ path }) => path)).toEqual([
      'metadata.annotations["imageregistry.operator.openshift.io/claim-size"]',
      'metadata.annotations["imageregistry.operator.openshift.io/claim-storage-class"]',
      'metadata.annotations["imageregistry.operator.openshift.io/claim-access-mode"]',
    ])
    expect(claimProblems(subject, { replicas: 1, storage: { emptyDir: {} } })).toEqual([])
  })
})
