import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { type Decisions, type Wishes } from '../model'
import { aConfig } from '../testing/a-config'
import { configDecisions } from './config-decisions'

const pruner: Wishes['pruner'] = E.left({ _tag: 'NoPruner' })

const said = (decisions: Decisions) =>
  configDecisions({ config: E.right(aConfig({ decisions })), pruner })

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
    expect(configDecisions({ config: E.left({ _tag: 'StorageNotConfigured' }), pruner })).toEqual(
      [],
    )
  })
})
