import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as RA from 'fp-ts/ReadonlyArray'

import {
  groupOf,
  type JsonObject,
  type KubeObject,
  names,
  type UnreadableObject,
} from '../../model'
import { decodeAt } from '../../schema/problems'

import {
  ApiGroupDiscoveryList,
  type DiscoveredGroup,
} from '../codecs/foreign/api-group-discovery-list'
import { unreadable } from '../manifest/manifest'
import type { ForeignReadings } from '../readings'
import { servesBackendTls } from '../exposure/serves-backend-tls'

/** What every cluster serves that runs workloads. */
const ALWAYS = ['', 'apps', 'networking.k8s.io', 'policy', 'rbac.authorization.k8s.io']

/** Of what we have put into the snapshot ourselves. */
const SEEN_GROUP = groupOf(names.SEEN_API_VERSION)

const groupsOf = (
  discovery: JsonObject,
): E.Either<UnreadableObject, ReadonlyArray<DiscoveredGroup>> =>
  pipe(
    decodeAt(ApiGroupDiscoveryList, '', discovery),
    E.map(({ items = [] }) => items),
    E.mapLeft(unreadable(discovery)),
  )

type Definitions = ForeignReadings['definitions']

const groupsOfObjects = (objects: ReadonlyArray<KubeObject>): ReadonlyArray<string> =>
  objects.map(({ apiVersion }) => groupOf(apiVersion)).filter((group) => group !== SEEN_GROUP)

const inferredGroups = (
  objects: ReadonlyArray<KubeObject>,
  definitions: Definitions,
): ReadonlyArray<string> => {
  const seen = [
    ...ALWAYS,
    ...groupsOfObjects(objects),
    ...definitions.flatMap(({ read }) => read.spec?.group ?? []),
  ]
  return seen.includes(names.OPENSHIFT_GROUP) ? [...seen, names.ROUTE_GROUP] : seen
}

/**
 * What the cluster says, and what there are objects of: one answer may leave out what is served, and what follows from a group
 * (who makes the certificate, how Prometheus comes in) must not go and come with it. Only of OpenShift's own group objects say
 * nothing: anybody may define one of its name.
 */
const saidGroups = (
  found: ReadonlyArray<DiscoveredGroup>,
  objects: ReadonlyArray<KubeObject>,
): ReadonlyArray<string> => [
  // The core group is not among the named ones, and there is no cluster without it.
  '',
  ...found.flatMap(({ metadata }) => metadata?.name ?? []),
  ...groupsOfObjects(objects).filter((group) => group !== names.OPENSHIFT_GROUP),
]

/** A group of that name in which there is no Infrastructure: somebody has defined it, and it makes no OpenShift. */
const isNamesake = ({ metadata, versions = [] }: DiscoveredGroup): boolean =>
  metadata?.name === names.OPENSHIFT_GROUP &&
  versions.length > 0 &&
  versions.every(
    ({ resources }) =>
      resources !== undefined &&
      !resources.some(({ resource }) => resource === names.OPENSHIFT_SIGN.plural),
  )

/** Which API groups the cluster serves, sorted: as it says itself, and as far as its objects show. */
export const servedGroups = (
  discoveries: ReadonlyArray<JsonObject>,
  objects: ReadonlyArray<KubeObject>,
  definitions: Definitions,
): {
  readonly groups: ReadonlyArray<string>
  readonly backendTls: boolean
  readonly unreadable: ReadonlyArray<UnreadableObject>
} => {
  const { left, right } = pipe(discoveries, RA.partitionMap(groupsOf))
  const found = right.flat().filter((group) => !isNamesake(group))
  const isTold = right.length > 0
  const groups = isTold ? saidGroups(found, objects) : inferredGroups(objects, definitions)
  return {
    groups: [...new Set(groups)].sort(),
    backendTls: servesBackendTls(isTold ? found : undefined, objects),
    unreadable: left,
  }
}

/** Only OpenShift serves its configuration. */
export const platformOf = (
  groups: ReadonlyArray<string>,
  infrastructures: number,
): 'OpenShift' | 'Kubernetes' =>
  infrastructures > 0 || groups.includes(names.OPENSHIFT_GROUP) ? 'OpenShift' : 'Kubernetes'
