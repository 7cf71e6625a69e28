import { describe, expect, it } from 'vitest'

import { names, type JsonObject, type KubeObject } from '../model'
import { keptObject } from './kept-object'

const configMap = (name: string, resourceVersion: number, extra: JsonObject = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, resourceVersion: String(resourceVersion), ...extra },
})

describe('what is kept of an object', () => {
  const keep = (object: KubeObject): KubeObject => keptObject(object, false)

  it('of managedFields, only our entries', () => {
    const entries = [
      { manager: names.FIELD_MANAGER },
      { manager: 'kubectl' },
      { manager: names.STATUS_FIELD_MANAGER },
    ]
    const kept = keep({
      ...configMap('a', 1, { managedFields: entries }),
      kind: 'PersistentVolumeClaim',
    })
    expect(kept.metadata.managedFields).toEqual([entries[0], entries[2]])
  })

  it('of what others write too, all of managedFields', () => {
    const shared = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: names.REGISTRY_NAME, managedFields: [{ manager: 'kubectl' }] },
    }
    expect(keep(shared)).toEqual(shared)
    expect(
      keep({ ...shared, metadata: { ...shared.metadata, name: 'other' } }).metadata.managedFields,
    ).toEqual([])
  })

  it('of a ConfigMap that the pod does not read, only metadata', () => {
    expect(
      keep({ ...configMap('kube-root-ca.crt', 1), data: { 'ca.crt': 'long' } })['data'],
    ).toBeUndefined()
    expect(
      keep({ ...configMap(names.TRUSTED_CA_CONFIG_MAP, 1), data: { 'ca-bundle.crt': 'long' } })[
        'data'
      ],
    ).toEqual({ 'ca-bundle.crt': 'long' })
  })

  it('of a definition, only the schema of the status conditions', () => {
    const conditions = { items: { properties: { observedGeneration: { type: 'integer' } } } }
    const schema = {
      openAPIV3Schema: {
        properties: {
          spec: { description: 'long' },
          status: { properties: { conditions, other: {} } },
        },
      },
    }
    const kept = keep({
      ...configMap('crd', 1),
      kind: 'CustomResourceDefinition',
      spec: {
        group: 'g',
        names: { kind: 'K' },
        scope: 'Cluster',
        versions: [{ name: 'v1', served: true, storage: true, schema }],
      },
    })
    expect(kept['spec']).toEqual({
      group: 'g',
      names: { kind: 'K' },
      scope: 'Cluster',
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: { status: { type: 'object', properties: { conditions } } },
            },
          },
        },
      ],
    })
  })

  it('of a node, only labels', () => {
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n', labels: { a: 'b' }, annotations: { long: 'x' } },
    }
    expect(keptObject(node, true).metadata).toEqual({ name: 'n', labels: { a: 'b' } })
  })
})
