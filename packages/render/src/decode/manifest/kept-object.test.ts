import { describe, expect, it } from 'vitest'

import { names, type JsonObject, type KubeObject } from '../../model'
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
      metadata: {
        name: names.REGISTRY_NAME,
        namespace: names.REGISTRY_NAMESPACE,
        managedFields: [{ manager: 'kubectl' }],
      },
    }
    expect(keep(shared)).toEqual(shared)
    expect(
      keep({ ...shared, metadata: { ...shared.metadata, name: 'other' } }).metadata.managedFields,
    ).toEqual([])
  })

  it.each([
    [names.REGISTRY_NAMESPACE, names.TRUSTED_CA_CONFIG_MAP],
    [names.REGISTRY_NAMESPACE, names.SERVICE_CA_CONFIG_MAP],
    [names.REGISTRY_NAMESPACE, names.CERTIFICATES_CONFIG_MAP],
    [names.CONFIG_MANAGED_NAMESPACE, names.REGISTRY_CA_CONFIG_MAP],
    [names.CONFIG_MANAGED_NAMESPACE, names.CLOUD_CA_CONFIG_MAP],
    [names.CONFIG_NAMESPACE, 'whatever-a-user-names'],
  ])('of a ConfigMap that is read, everything: %s/%s', (namespace, name) => {
    const read = { ...configMap(name, 1, { namespace }), data: { a: 'b' } }
    expect(keep(read)).toEqual(read)
  })

  it.each([
    [names.REGISTRY_NAMESPACE, 'kube-root-ca.crt'],
    [names.REGISTRY_NAMESPACE, names.CLOUD_CA_CONFIG_MAP],
    [names.CONFIG_MANAGED_NAMESPACE, 'kubelet-serving-ca'],
    ['elsewhere', names.TRUSTED_CA_CONFIG_MAP],
  ])('of any other ConfigMap, only metadata: %s/%s', (namespace, name) => {
    const bare = configMap(name, 1, { namespace })
    expect(keep({ ...bare, data: { a: 'long' }, binaryData: { b: 'bG9uZw==' } })).toEqual(bare)
  })

  it('of the version of the cluster, what it is becoming and what it has been', () => {
    const version = { ...configMap('version', 1), kind: 'ClusterVersion' }
    const status = {
      desired: { version: '4.22.0', architecture: 'Multi' },
      history: [{ version: '4.22.0', image: 'long' }, { state: 'Partial' }],
      conditionalUpdates: ['long'],
    }
    expect(keep({ ...version, spec: { clusterID: 'c' }, status })).toEqual({
      ...version,
      status: { desired: status.desired, history: [{ version: '4.22.0' }, { version: '' }] },
    })
    expect(keep(version)).toEqual(version)
  })

  it('of a Job, whose it is and how it ended', () => {
    const conditions = [{ type: 'Complete', status: 'True' }]
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'j', namespace: 'ns', labels: { a: 'b' } },
    }
    expect(keep({ ...job, spec: { long: true }, status: { conditions, failed: 1 } })).toEqual({
      ...job,
      status: { conditions },
    })
    expect(keep(job)).toEqual({ ...job, status: { conditions: [] } })
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
