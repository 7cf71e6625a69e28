import { isAnnotatedAsOurs, ownershipProof } from '../fields/ownership'
import {
  names,
  type ClaimFacts,
  type ClusterFacts,
  type KubeObject,
  type ProxySettings,
  type Release,
} from '../model'

import { bundles } from './bundles'
import { conditionObservedGeneration } from './condition-schema'
import { contentDigests } from './content-digests'
import { fsGroup } from './fs-group'
import { imageConfigFacts } from './image-config-facts'
import { imageStreamTags } from './image-stream-tags'
import { infrastructureFacts } from './infrastructure-facts'
import { nodeTopologyLabels } from './node-topology-labels'
import { ofKind, type ForeignReadings, type Reading } from './readings'
import { routeHosts } from './route-hosts'
import { platformOf } from './served-groups'
import { servicePort } from './service-port'
import { storageKnown } from './storage-known'
import { tlsProfile } from './tls-profile'
import { writers } from './writers'

const isSingleton = ({ object }: { readonly object: KubeObject }): boolean =>
  object.metadata.name === names.SINGLETON_NAME

const isInOurNamespace = ({ metadata }: KubeObject): boolean =>
  metadata.namespace === names.REGISTRY_NAMESPACE

const clusterProxy = (proxies: ForeignReadings['proxies']): ProxySettings => {
  const {
    httpProxy = '',
    httpsProxy = '',
    noProxy = '',
  } = proxies.find(isSingleton)?.read.status ?? {}
  return { http: httpProxy, https: httpsProxy, noProxy }
}

const claimFacts = ({ object, read }: ForeignReadings['claims'][number]): ClaimFacts => ({
  name: object.metadata.name,
  accessModes: read.spec?.accessModes ?? [],
  ours: isAnnotatedAsOurs(object),
})

const foreignRoutes = (objects: ReadonlyArray<KubeObject>): ReadonlyArray<string> =>
  ofKind(objects, names.ROUTE_GROUP, 'Route')
    .filter(isInOurNamespace)
    .filter((route) => ownershipProof(route) === undefined)
    .map(({ metadata }) => metadata.name)
    .sort()

/** What the facts are read from. The objects are sorted, so that the facts are. */
type FactSources = {
  readonly objects: ReadonlyArray<KubeObject>
  readonly readings: ForeignReadings
  readonly servedGroups: ReadonlyArray<string>
  readonly release: Release
}

/** Everything that render may know of the cluster. What is not in the snapshot counts as absent. */
export const clusterFacts = ({
  objects,
  readings,
  servedGroups,
  release,
}: FactSources): ClusterFacts => {
  const infrastructure = readings.infrastructures.find(isSingleton)?.read.status
  const platform = platformOf(servedGroups, readings.infrastructures.length)
  const tls = tlsProfile(readings, platform)
  const port = servicePort(objects)
  const ourNamespace = ofKind(objects, '', 'Namespace').find(
    ({ metadata }) => metadata.name === names.REGISTRY_NAMESPACE,
  )
  return {
    platform,
    servedGroups,
    singleReplicaControlPlane: infrastructure?.controlPlaneTopology === 'SingleReplica',
    infrastructure: infrastructureFacts(readings),
    ...(tls === undefined ? {} : { tlsProfile: tls }),
    imageConfig: imageConfigFacts(readings, { platform, release }),
    ...(port === undefined ? {} : { servicePort: port }),
    routeHosts: routeHosts(readings),
    bundles: bundles(readings),
    imageStreamTags: imageStreamTags(objects),
    clusterProxy: clusterProxy(readings.proxies),
    fsGroup: fsGroup(platform, ourNamespace),
    nodeTopologyLabels: nodeTopologyLabels(ofKind(objects, '', 'Node')),
    contents: contentDigests(readings),
    claims: readings.claims.filter(inOurNamespace).map(claimFacts),
    foreignRoutes: foreignRoutes(objects),
    configSchema: {
      conditionObservedGeneration: conditionObservedGeneration(readings.definitions),
    },
    storage: storageKnown(objects),
    writers: writers(objects),
    release,
  }
}

const inOurNamespace = ({ object }: Reading<unknown>): boolean => isInOurNamespace(object)
