import * as E from 'fp-ts/Either'

import {
  groupOf,
  keyOf,
  names,
  refOf,
  type Config,
  type DecodeError,
  type KubeObject,
  type Observation,
  type Release,
  type Snapshot,
  type UnreadableObject,
} from '../model'

import { clusterFacts } from './cluster-facts'
import { decodeConfig } from './decode-config'
import { manifests } from './manifests'
import { foreignReadings, ofKind } from './readings'
import { servedGroups } from './served-groups'

const CONFIG_GROUP = groupOf(names.CONFIG_API_VERSION)

const subjectOf = (objects: ReadonlyArray<KubeObject>): KubeObject | undefined =>
  ofKind(objects, CONFIG_GROUP, 'Config').find(
    ({ metadata }) => metadata.name === names.SINGLETON_NAME,
  )

const isSubject = ({ ref }: UnreadableObject): boolean =>
  ref?.kind === 'Config' &&
  groupOf(ref.apiVersion) === CONFIG_GROUP &&
  ref.name === names.SINGLETON_NAME

const configOf = (
  subject: KubeObject | undefined,
  unreadable: ReadonlyArray<UnreadableObject>,
): E.Either<DecodeError, Config> => {
  if (subject !== undefined) return decodeConfig(subject)
  const broken = unreadable.find(isSubject)
  return E.left(
    broken === undefined
      ? { _tag: 'NoConfig' }
      : { _tag: 'InvalidConfig', problems: broken.problems },
  )
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
  const subject = subjectOf(objects)
  const readings = foreignReadings(objects)
  const served = servedGroups(discoveries, objects, readings.definitions)
  return {
    ...(subject === undefined ? {} : { subject }),
    config: configOf(subject, unreadable),
    facts: clusterFacts({ objects, readings, servedGroups: served.groups, release }),
    live: new Map(objects.map((object) => [keyOf(refOf(object)), object])),
    unreadable: inOrder([...unreadable, ...readings.unreadable, ...served.unreadable]),
  }
}
