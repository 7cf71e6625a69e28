import { describe, expect, it } from 'vitest'

import { names, type JsonObject, type KubeObject, type StatusPatch } from '../model'
import { treeOf } from '../testing/server-side-apply'
import { statusPatch } from './status-patch'

const OBSERVER = 'ImageRegistryConfigObserver-ConfigObserver'

const condition = (type: string): JsonObject => ({ type, status: 'True' })

const wanted: JsonObject = { conditions: [condition('Available')], readyReplicas: 2 }

const entry = (manager: string, status: JsonObject, changes: JsonObject = {}): JsonObject => ({
  manager,
  operation: 'Update',
  subresource: 'status',
  fieldsV1: treeOf({ status }),
  ...changes,
})

const ours = entry(names.STATUS_FIELD_MANAGER, wanted, { operation: 'Apply' })

const subject = (status: JsonObject, ...managedFields: ReadonlyArray<JsonObject>): KubeObject => ({
  apiVersion: names.CONFIG_API_VERSION,
  kind: 'Config',
  metadata: { name: 'cluster', managedFields },
  status,
})

const stale: JsonObject = {
  conditions: [condition('Available'), condition('StorageTagged')],
  readyReplicas: 2,
  version: '4.1',
}

const operationsOf = (patch: StatusPatch | undefined): ReadonlyArray<JsonObject> =>
  (patch?.reclaim ?? []) as ReadonlyArray<JsonObject>

const valueOf = (patch: StatusPatch | undefined, op: string): unknown =>
  operationsOf(patch).find((operation) => operation['op'] === op)?.['value']

describe('a status that the original operator has written', () => {
  const patch = statusPatch(subject(stale, entry(names.ORIGINAL_FIELD_MANAGER, stale)), wanted)

  it('is written as a whole', () => {
    expect(patch?.object['status']).toEqual(wanted)
  })

  it('becomes ours in what we do not say, so that applying removes it', () => {
    expect(valueOf(patch, 'add')).toMatchObject({
      manager: names.STATUS_FIELD_MANAGER,
      operation: 'Apply',
      subresource: 'status',
      fieldsV1: treeOf({ status: { conditions: [condition('StorageTagged')], version: '4.1' } }),
    })
  })

  it('leaves that one nothing, and says so only of what stands there', () => {
    expect(operationsOf(patch).at(0)).toEqual({
      op: 'test',
      path: '/metadata/managedFields/0',
      value: entry(names.ORIGINAL_FIELD_MANAGER, stale),
    })
    expect(operationsOf(patch).at(-1)).toEqual({ op: 'remove', path: '/metadata/managedFields/0' })
  })

  it('is taken over although we say the same beside it', () => {
    const shared = subject(stale, entry(names.ORIGINAL_FIELD_MANAGER, stale), ours)
    expect(valueOf(statusPatch(shared, wanted), 'replace')).toMatchObject({
      fieldsV1: treeOf({
        status: {
          conditions: [condition('Available'), condition('StorageTagged')],
          readyReplicas: 2,
          version: '4.1',
        },
      }),
    })
  })

  it('is taken over in what it has decided of the object, which stays as nobody’s', () => {
    const decided = {
      manager: names.ORIGINAL_FIELD_MANAGER,
      operation: 'Update',
      fieldsV1: { 'f:spec': {} },
    }
    expect(statusPatch(subject(wanted, decided, ours), wanted)?.reclaim).toEqual([
      { op: 'test', path: '/metadata/managedFields/0', value: decided },
      { op: 'remove', path: '/metadata/managedFields/0' },
    ])
  })

  it('is taken over from its observer as well', () => {
    const old = entry(OBSERVER, { conditions: [condition('Old')] }, { operation: 'Apply' })
    const seen = statusPatch(subject({ ...wanted, conditions: [condition('Old')] }, old), wanted)
    expect(operationsOf(seen).at(-1)).toEqual({ op: 'remove', path: '/metadata/managedFields/0' })
  })
})

describe('a status that others write too', () => {
  const both = { ...wanted, conditions: [condition('Available'), condition('Theirs')] }
  const theirs = entry('somebody', { conditions: [condition('Theirs')] })

  it('is left alone where ours is right', () => {
    expect(statusPatch(subject(both, ours, theirs), wanted)).toBeUndefined()
  })

  it('is written without taking anything from them', () => {
    const patch = statusPatch(subject({ ...both, readyReplicas: 1 }, ours, theirs), wanted)
    expect(patch).toEqual({ object: expect.objectContaining({ status: wanted }) })
  })

  it('is taken over from nobody where it is not known who holds what', () => {
    const { metadata, ...printed } = subject(stale)
    const { managedFields: _, ...rest } = metadata
    expect(statusPatch({ ...printed, metadata: rest }, wanted)?.reclaim).toBeUndefined()
  })
})
