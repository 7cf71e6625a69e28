import * as E from 'fp-ts/Either'

import { digestOfText } from '../digest'
import type { ClusterFacts, ContentDigests } from '../model'
import { names } from '../model'

/** A Secret or ConfigMap in the registry's namespace whose entries hold these texts. */
export const someContent = (
  kind: ContentDigests['kind'],
  name: string,
  texts: { readonly [key: string]: string },
): ContentDigests => ({
  kind,
  namespace: names.REGISTRY_NAMESPACE,
  name,
  entries: Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, digestOfText(text)]),
  ),
})

const pullSecret: ContentDigests = {
  ...someContent('Secret', names.CLUSTER_PULL_SECRET, {
    '.dockerconfigjson': '{"auths":{"a":{}}}',
  }),
  namespace: names.CONFIG_NAMESPACE,
}

const servingCertificate = someContent('Secret', names.SERVING_CERTIFICATE_SECRET, {
  'tls.crt': 'certificate',
  'tls.key': 'key',
})

/** An ordinary OpenShift cluster, with what a test is about in place of the ordinary. */
export const someFacts = (changes: Partial<ClusterFacts> = {}): ClusterFacts => ({
  platform: 'OpenShift',
  servedGroups: ['', 'apps', 'config.openshift.io', 'route.openshift.io'],
  singleReplicaControlPlane: false,
  infrastructure: E.right({
    platformType: 'None',
    infrastructureName: 'test-abc12',
    singleReplicaInfrastructure: false,
    objectStore: 'unknown',
  }),
  imageConfig: { exists: true, additionalTrustedCa: '', importMode: E.right(undefined) },
  serviceAddresses: [],
  certificates: { foreignRequest: false },
  routeHosts: [],
  bundles: [],
  imageStreamTags: [],
  clusterProxy: { http: '', https: '', noProxy: '' },
  fsGroup: E.right(1000430000),
  nodeTopologyLabels: ['node-role.kubernetes.io/worker', 'topology.kubernetes.io/zone'],
  podsInTheWay: false,
  contents: [pullSecret, servingCertificate],
  claims: [],
  foreignRoutes: [],
  foreignExposures: [],
  servesBackendTls: true,
  configSchema: { conditionObservedGeneration: false },
  storage: { _tag: 'Nobody' },
  writers: { remembered: {}, said: {} },
  release: {
    registryImage: 'registry.example/registry:1',
    operatorImage: 'registry.example/operator:1',
    prunerImage: 'registry.example/pruner:1',
    version: '1.2.3',
    imageVersion: '1.2.3',
  },
  ...changes,
})
