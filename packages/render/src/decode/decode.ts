import * as E from 'fp-ts/Either'

import {
  groupOf,
  keyOf,
  names,
  refOf,
  type ClusterFacts,
  type Config,
  type DecodeError,
  type KubeObject,
  type Observation,
  type Release,
  type Snapshot,
  type UnreadableObject,
} from '../model'

import { clusterFacts } from './cluster-facts'
import { decodeConfig } from './config/decode-config'
import { decodePruner } from './pruner/decode-pruner'
import { manifests } from './manifest/manifests'
import { foreignReadings, ofKind } from './readings'
import { servedGroups } from './platform/served-groups'

const CONFIG_GROUP = groupOf(names.CONFIG_API_VERSION)

const singleton = (objects: ReadonlyArray<KubeObject>, kind: string): KubeObject | undefined =>
  ofKind(objects, CONFIG_GROUP, kind).find(({ metadata }) => metadata.name === names.SINGLETON_NAME)

const isSingleton =
  (kind: string) =>
  ({ ref }: UnreadableObject): boolean =>
    ref?.kind === kind &&
    groupOf(ref.apiVersion) === CONFIG_GROUP &&
    ref.name === names.SINGLETON_NAME

const configOf = (
  subject: KubeObject | undefined,
  facts: ClusterFacts,
  unreadable: ReadonlyArray<UnreadableObject>,
): E.Either<DecodeError, Config> => {
  if (subject !== undefined) return decodeConfig(subject, facts)
  const broken = unreadable.find(isSingleton('Config'))
  return E.left(
    broken === undefined
      ? { _tag: 'NoConfig' }
      : { _tag: 'InvalidConfig', problems: broken.problems },
  )
}

const prunerOf = (
  resource: KubeObject | undefined,
  { platform }: ClusterFacts,
  unreadable: ReadonlyArray<UnreadableObject>,
): Observation['pruner'] => {
  const broken = unreadable.find(isSingleton('ImagePruner'))
  return resource === undefined && broken !== undefined
    ? E.left({ _tag: 'InvalidPruner', problems: broken.problems })
    : decodePruner(resource, platform)
}

const orderKey = (object: UnreadableObject): string => JSON.stringify(object)

const inOrder = (objects: ReadonlyArray<UnreadableObject>): ReadonlyArray<UnreadableObject> =>
  [...objects].sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1))

/**
 * Stage 2: what a snapshot says. It never fails: a configuration that cannot be used and objects of others that
 * cannot be read are values in the observation. The order of the snapshot makes no difference.
 */
export const decode = (snapshot: Snapshot, release: Release): Observation => {
  const { objects, discoveries, unreadable } = manifests(snapshot)
  const subject = singleton(objects, 'Config')
  const readings = foreignReadings(objects)
  const served = servedGroups(discoveries, objects, readings.definitions)
  const facts = clusterFacts({
    objects,
    readings,
    servedGroups: served.groups,
    servesBackendTls: served.backendTls,
    release,
  })
  return {
    ...(subject === undefined ? {} : { subject }),
    config: configOf(subject, facts, unreadable),
    pruner: prunerOf(singleton(objects, 'ImagePruner'), facts, unreadable),
    facts,
    live: new Map(objects.map((object) => [keyOf(refOf(object)), object])),
    unreadable: inOrder([...unreadable, ...readings.unreadable, ...served.unreadable]),
  }
}
