import { describe, expect, it } from 'vitest'

import type { JsonObject, KubeObject } from '../model'
import { names } from '../model'
import { treeOf } from '../testing/server-side-apply'
import { unclaimed } from './unclaimed'

type Holding = { readonly manager: string; readonly fields: JsonObject; readonly by?: string }

const config = (content: JsonObject, holdings?: ReadonlyArray<Holding>): KubeObject => ({
  apiVersion: names.CONFIG_API_VERSION,
  kind: 'Config',
  metadata: {
    name: 'cluster',
    ...(holdings === undefined
      ? {}
      : {
          managedFields: holdings.map(({ manager, fields, by = 'Update' }) => ({
            manager,
            operation: by,
            fieldsV1: treeOf(fields),
          })),
        }),
  },
  ...content,
})

const storage = (managementState: string): JsonObject => ({
  spec: { storage: { managementState } },
})

const MANAGED = storage('Managed')

describe('of what we decide', () => {
  it('everything is written that nobody has said yet', () => {
    expect(unclaimed(MANAGED, config({ spec: {} }, []))).toEqual(MANAGED)
  })

  it('nothing is written that somebody else has set, be it the same or another value', () => {
    const holding = [{ manager: 'argocd', fields: MANAGED, by: 'Apply' }]
    expect(unclaimed(MANAGED, config(MANAGED, holding))).toEqual({})
    expect(unclaimed(storage('Unmanaged'), config(MANAGED, holding))).toEqual({})
  })

  it('what we hold is said again, or applying would take it away', () => {
    const ours = [{ manager: names.FIELD_MANAGER, fields: MANAGED, by: 'Apply' }]
    expect(unclaimed(MANAGED, config(MANAGED, ours))).toEqual(MANAGED)
    expect(unclaimed(storage('Unmanaged'), config(MANAGED, ours))).toEqual(storage('Unmanaged'))
  })

  it.each([names.BOOTSTRAP_FIELD_MANAGER, names.ORIGINAL_FIELD_MANAGER])(
    'what %s decided stays with it until it has to change',
    (manager) => {
      const live = config(MANAGED, [{ manager, fields: MANAGED }])
      expect(unclaimed(MANAGED, live)).toEqual({})
      expect(unclaimed(storage('Unmanaged'), live)).toEqual(storage('Unmanaged'))
    },
  )

  it('nothing is touched when it is not known who set it', () => {
    expect(unclaimed(storage('Unmanaged'), config(MANAGED))).toEqual({})
  })

  it('our finalizer joins those of others', () => {
    const wanted = { metadata: { finalizers: [names.FINALIZER] } }
    const live = config({}, [])
    const guarded = { ...live, metadata: { ...live.metadata, finalizers: ['example.com/guard'] } }
    expect(unclaimed(wanted, guarded)).toEqual(wanted)
  })
})
