import { crds } from '@image-registry-operator/render'
import type { JsonObject, KubeObject } from '@image-registry-operator/render/model'

import { REGISTRY_NAMESPACE } from './credentials'

const named = (kind: string, name: string, rest: JsonObject = {}): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name },
  ...rest,
})

/** A kind that people install, without a word on what its objects hold. */
const kindOf = (group: string, kind: string, plural: string): KubeObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.${group}` },
  spec: {
    group,
    names: { kind, plural, listKind: `${kind}List`, singular: kind.toLowerCase() },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    ],
  },
})

const node = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name,
    labels: { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/region': 'eu-central-1' },
  },
  spec: { providerID: `aws:///eu-central-1a/${name}` },
})

const STORAGE_CLASS: KubeObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: 'standard',
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner: 'example.com/disks',
}

/** Plain Kubernetes on machines of a cloud, with Ingresses and the Gateway API. */
export const kubernetesObjects = async (): Promise<ReadonlyArray<KubeObject>> => [
  ...crds(),
  kindOf('networking.k8s.io', 'Ingress', 'ingresses'),
  kindOf('gateway.networking.k8s.io', 'HTTPRoute', 'httproutes'),
  kindOf('gateway.networking.k8s.io', 'BackendTLSPolicy', 'backendtlspolicies'),
  ...['kube-system', REGISTRY_NAMESPACE].map((name) => named('Namespace', name)),
  ...['a', 'b'].map((letter) => node(`node-${letter}`)),
  STORAGE_CLASS,
]
