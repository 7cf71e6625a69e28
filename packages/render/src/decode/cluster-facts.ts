import * as E from 'fp-ts/Either'

import { isAnnotatedAsOurs, ownershipProof } from '../fields/ownership'
import {
  names,
  type ClaimFacts,
  type ClusterFacts,
  type InfrastructureFacts,
  type KubeObject,
  type ProxySettings,
  type Release,
} from '../model'

import { bundles } from './certificates/bundles'
import { certificateFacts } from './certificates/certificate-facts'
import { conditionObservedGeneration } from './manifest/condition-schema'
import { contentDigests } from './manifest/content-digests'
import { foreignExposures } from './exposure/foreign-exposures'
import { fsGroup } from './storage/fs-group'
import { imageConfigFacts } from './images/image-config-facts'
import { imageStreamTags } from './images/image-stream-tags'
import { defaultStorageClass } from './storage/default-storage-class'
import { infrastructureFacts, objectStoreFacts } from './platform/infrastructure-facts'
import { kubernetesInfrastructure } from './platform/kubernetes-infrastructure'
import { moment } from './moment'
import { nodeTopologyLabels } from './platform/node-topology-labels'
import { pruningFacts } from './pruner/pruning-facts'
import { ofKind, type ForeignReadings, type Reading } from './readings'
import { podsInTheWay } from './rollout/pods-in-the-way'
import { routeHosts } from './exposure/route-hosts'
import { platformOf } from './platform/served-groups'
import { serviceAddresses, servicePort } from './exposure/service-port'
import { storageKnown } from './storage/storage-known'
import { tlsProfile } from './tls/tls-profile'
import { writers } from './decided/writers'

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

const namespaceOf = (objects: ReadonlyArray<KubeObject>, name: string): KubeObject | undefined =>
  ofKind(objects, '', 'Namespace').find(({ metadata }) => metadata.name === name)

const onKubernetes = (
  readings: ForeignReadings,
  objects: ReadonlyArray<KubeObject>,
): InfrastructureFacts => {
  const firstNamespace = namespaceOf(objects, names.FIRST_NAMESPACE)
  const objectStore = objectStoreFacts(readings.objectStores)
  const nodes = ofKind(objects, '', 'Node')
  const { machines } = readings
  return {
    ...kubernetesInfrastructure({
      machines,
      nodes,
      ...(firstNamespace === undefined ? {} : { firstNamespace }),
    }),
    ...objectStore,
  }
}

/** What the facts are read from. The objects are sorted, so that the facts are. */
type FactSources = {
  readonly objects: ReadonlyArray<KubeObject>
  readonly readings: ForeignReadings
  readonly servedGroups: ReadonlyArray<string>
  readonly servesBackendTls: boolean
  readonly release: Release
}

/** Everything that render may know of the cluster. What is not in the snapshot counts as absent. */
export const clusterFacts = ({
  objects,
  readings,
  servedGroups,
  servesBackendTls,
  release,
}: FactSources): ClusterFacts => {
  const infrastructure = readings.infrastructures.find(isSingleton)?.read.status
  const platform = platformOf(servedGroups, readings.infrastructures.length)
  const tls = tlsProfile(readings, platform)
  const port = servicePort(objects)
  const now = moment(objects)
  const ourNamespace = namespaceOf(objects, names.REGISTRY_NAMESPACE)
  const storageClass =
    platform === 'Kubernetes'
      ? defaultStorageClass(ofKind(objects, names.STORAGE_GROUP, 'StorageClass'))
      : undefined
  return {
    platform,
    servedGroups,
    singleReplicaControlPlane: infrastructure?.controlPlaneTopology === 'SingleReplica',
    infrastructure:
      platform === 'OpenShift'
        ? infrastructureFacts(readings)
        : E.right(onKubernetes(readings, objects)),
    ...(tls === undefined ? {} : { tlsProfile: tls }),
    imageConfig: imageConfigFacts(readings, { platform, release }),
    ...(port === undefined ? {} : { servicePort: port }),
    serviceAddresses: serviceAddresses(objects),
    ...(now === undefined ? {} : { now }),
    certificates: certificateFacts(objects),
    ...(platform === 'Kubernetes' ? { pruning: pruningFacts(objects) } : {}),
    routeHosts: routeHosts(readings),
    bundles: bundles(readings),
    imageStreamTags: imageStreamTags(objects),
    clusterProxy: clusterProxy(readings.proxies),
    fsGroup: fsGroup(platform, ourNamespace),
    nodeTopologyLabels: nodeTopologyLabels(ofKind(objects, '', 'Node')),
    podsInTheWay: podsInTheWay(objects),
    contents: contentDigests(readings),
    claims: readings.claims.filter(inOurNamespace).map(claimFacts),
    ...(storageClass === undefined ? {} : { defaultStorageClass: storageClass }),
    foreignRoutes: foreignRoutes(objects),
    foreignExposures: foreignExposures(objects),
    servesBackendTls,
    configSchema: {
      conditionObservedGeneration: conditionObservedGeneration(readings.definitions),
    },
    storage: storageKnown(objects),
    writers: writers(objects),
    release,
  }
}

const inOurNamespace = ({ object }: Reading<unknown>): boolean => isInOurNamespace(object)
