import { describe, expect, it } from 'vitest'

import { type JsonObject, type KubeObject, names } from '../model'
import { ownershipProof } from './ownership'

const route = (metadata: JsonObject): KubeObject => ({
  apiVersion: 'route.openshift.io/v1',
  kind: 'Route',
  metadata: { name: 'a', namespace: names.REGISTRY_NAMESPACE, ...metadata },
})

const held = (entry: JsonObject) =>
  route({ managedFields: [{ manager: names.FIELD_MANAGER, ...entry }] })

const annotated = (key: string) => ({ annotations: { [key]: '' } })

describe('what shows that an object is ours', () => {
  it('is that our manager has applied it', () => {
    expect(ownershipProof(held({ operation: 'Apply' }))).toEqual({
      _tag: 'FieldManager',
      manager: names.FIELD_MANAGER,
    })
  })

  it('is not that our manager has changed it in another way, or a part of it', () => {
    expect(ownershipProof(held({ operation: 'Update' }))).toBeUndefined()
    expect(ownershipProof(held({ operation: 'Apply', subresource: 'status' }))).toBeUndefined()
  })

  it('is the annotation that such an object is marked with, whatever its value', () => {
    expect(ownershipProof(route(annotated(names.OWNERSHIP_ANNOTATION)))).toEqual({
      _tag: 'Annotation',
      key: names.OWNERSHIP_ANNOTATION,
    })
    expect(ownershipProof(route(annotated(names.CHECKSUM_ANNOTATION)))).toBeUndefined()
  })

  it('is the mark alone on a certificate: who takes it off has it for their own', () => {
    const secret: KubeObject = {
      ...held({ operation: 'Apply' }),
      apiVersion: 'v1',
      kind: 'Secret',
    }
    const named = { ...secret, metadata: { ...secret.metadata, name: 'image-registry-tls' } }
    expect(ownershipProof(named)).toBeUndefined()
    const marked = { ...named.metadata, ...annotated(names.OWNERSHIP_ANNOTATION) }
    expect(ownershipProof({ ...named, metadata: marked })).toEqual({
      _tag: 'Annotation',
      key: names.OWNERSHIP_ANNOTATION,
    })
  })

  it('is nothing where there is nothing', () => {
    expect(ownershipProof(route({}))).toBeUndefined()
    expect(ownershipProof({ ...route({}), kind: 'toString' })).toBeUndefined()
  })
})
