import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { type Decisions } from '../../model'
import { aConfig } from '../../testing/a-config'
import { someContent, someFacts } from '../../testing/some-facts'
import { anAzureContainer } from '../../testing/some-storage'
import { configDecisions } from './config-decisions'

const said = (decisions: Decisions) =>
  configDecisions({ config: E.right(aConfig({ decisions })) }, someFacts())

const IDENTITY = { apiVersion: 'imageregistry.operator.openshift.io/v1', kind: 'Config' }

describe('what we decide in the Config', () => {
  it('is our finalizer and the fields that are ours', () => {
    const spec = { storage: { managementState: 'Managed' } }
    expect(said({ finalizer: true, spec })).toEqual([
      E.right({
        object: {
          ...IDENTITY,
          metadata: {
            name: 'cluster',
            finalizers: ['imageregistry.operator.openshift.io/finalizer'],
          },
          spec,
        },
        fills: [],
        mode: 'decide',
      }),
    ])
  })

  it('is said even when it is nothing, so that what we wrote before goes', () => {
    expect(said({ finalizer: false, spec: {} })).toMatchObject([
      E.right({ object: { ...IDENTITY, metadata: { name: 'cluster' } } }),
    ])
  })

  it('is not known of a Config that cannot be used', () => {
    expect(
      configDecisions({ config: E.left({ _tag: 'StorageNotConfigured' }) }, someFacts()),
    ).toEqual([])
  })

  const remembered = (changes: Parameters<typeof someFacts>[0]) =>
    configDecisions(
      { config: E.right(aConfig({ storage: anAzureContainer() })) },
      someFacts({ contents: [accountKey], ...changes }),
    ).flatMap((one) => (E.isRight(one) ? [one.right.object.metadata.annotations] : []))

  const accountKey = someContent('Secret', 'image-registry-private-configuration-user', {
    REGISTRY_STORAGE_AZURE_ACCOUNTKEY: 'key',
  })
  const OPENSHIFT = { _tag: 'OpenShift' } as const
  const DISTRIBUTION = { _tag: 'Distribution', version: [3, 1] } as const
  const ANNOTATION = 'imageregistry.operator.openshift.io/storage-written-by'

  it('is also which registry keeps images in a container of Azure, beside what was remembered before', () => {
    const before = { remembered: { 'azure/a/z': DISTRIBUTION, 'azure/a/b': OPENSHIFT }, said: {} }
    expect(remembered({ platform: 'Kubernetes', writers: before })).toEqual([
      {
        [ANNOTATION]:
          'azure/a/b=openshift,azure/a/z=distribution-3.1,azure/account/images=distribution-3.1',
      },
    ])
    expect(remembered({})).toEqual([undefined])
    expect(remembered({ writers: before })).toEqual([
      { [ANNOTATION]: 'azure/a/b=openshift,azure/a/z=distribution-3.1' },
    ])
  })

  it('does not remember what it would not let run', () => {
    const writers = { remembered: { 'azure/account/images': OPENSHIFT }, said: {} }
    expect(remembered({ platform: 'Kubernetes', writers })).toEqual([
      { [ANNOTATION]: 'azure/account/images=openshift' },
    ])
  })
})
