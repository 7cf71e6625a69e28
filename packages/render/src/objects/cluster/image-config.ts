import * as E from 'fp-ts/Either'

import {
  type ClusterFacts,
  groupOf,
  type JsonObject,
  type KubeObject,
  names,
  refOf,
  type Wishes,
} from '../../model'
import { internalRegistryHostname } from '../exposure/registry-hostname'
import { convergingStatus, createdOnce, type Rendered, withheld } from '../rendered'

/**
 * What the cluster's image configuration says about the registry: under which names it is reached, and how image
 * streams import. A mode that cannot be said stays as it is; the names are said all the same.
 */
export const imageConfig = (wishes: Wishes, facts: ClusterFacts): ReadonlyArray<Rendered> => {
  if (!facts.servedGroups.includes(groupOf(names.OPENSHIFT_API_VERSION))) return []
  if (!facts.imageConfig.exists) return [createdOnce({ ...image, spec: {} })]
  const status = imageStatus(wishes, facts)
  const { importMode } = facts.imageConfig
  return [
    // A status that says nothing is left out: empty, it would be a field of its own.
    convergingStatus(Object.keys(status).length === 0 ? image : { ...image, status }),
    ...(E.isLeft(importMode) ? [withheld(refOf(image), importMode.left)] : []),
  ]
}

const image: KubeObject = {
  apiVersion: names.OPENSHIFT_API_VERSION,
  kind: 'Image',
  metadata: { name: names.SINGLETON_NAME },
}

const imageStatus = (wishes: Wishes, facts: ClusterFacts): JsonObject => {
  const internal = internalRegistryHostname(wishes, facts)
  const external = isRemoved(wishes) ? [] : externalHostnames(facts)
  const mode = E.getOrElseW(() => facts.imageConfig.reportedImportMode)(
    facts.imageConfig.importMode,
  )
  return {
    ...(internal === '' ? {} : { internalRegistryHostname: internal }),
    ...(external.length === 0 ? {} : { externalRegistryHostnames: external }),
    ...(mode === undefined ? {} : { imageStreamImportMode: mode }),
  }
}

const isRemoved = ({ config }: Wishes): boolean =>
  E.isRight(config) && config.right.managementState === 'Removed'

/** Those of the default Route first: who wants only one takes the first. */
const externalHostnames = ({ routeHosts }: ClusterFacts): ReadonlyArray<string> => {
  const isDefault = ({ route }: ClusterFacts['routeHosts'][number]): boolean =>
    route === names.DEFAULT_ROUTE_NAME
  const sorted = (hosts: ClusterFacts['routeHosts']): ReadonlyArray<string> =>
    hosts.map(({ host }) => host).sort()
  return [
    ...new Set([
      ...sorted(routeHosts.filter(isDefault)),
      ...sorted(routeHosts.filter((host) => !isDefault(host))),
    ]),
  ]
}
