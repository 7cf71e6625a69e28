import { plan, storageSteps } from '@image-registry-operator/render'
import {
  type Config,
  type DesiredState,
  isJsonObject,
  type JsonObject,
  keyOf,
  names,
  type Observation,
  type Plan,
  showRef,
  type Snapshot,
  textOf,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'

import type { Observed } from '../input/observed'

/** Something that goes or stays, and why. */
export type Fate = { readonly what: string; readonly why: string }

/** What becomes of what is in a cluster when its registry and the operator go. */
export type Uninstallation = {
  /** Goes with the registry, by the operator's hand; the first to go first. */
  readonly goes: ReadonlyArray<Fate>
  readonly stays: ReadonlyArray<Fate>
}

/** All that would be done, one pass after the other: a storage goes when nobody uses it any more. */
const allActions = (desired: DesiredState, observation: Observation): Plan => {
  const first = plan(desired, observation).filter(({ _tag }) => _tag === 'DeleteObject')
  const gone = new Set(first.map(({ ref }) => keyOf(ref)))
  const live = new Map([...observation.live].filter(([key]) => !gone.has(key)))
  const then = plan(desired, { ...observation, live })
  return [...first, ...then.filter(({ _tag }) => _tag === 'RemoveStorage')]
}

const goingObjects = (actions: Plan): ReadonlyArray<Fate> =>
  actions.flatMap((action) => {
    if (action._tag === 'RemoveStorage')
      return storageSteps(action).map((step) => ({
        what: `storage ${action.target.place}: ${step}`,
        why: 'the operator made it: it carries its marks',
      }))
    if (action._tag !== 'DeleteObject') return []
    const isClaim = action.ref.kind === 'PersistentVolumeClaim'
    return [
      {
        what: `${showRef(action.ref)}${isClaim ? ', and all images on it' : ''}`,
        why: 'the operator made it',
      },
    ]
  })

const onTheNodes = (config: Config): ReadonlyArray<Fate> =>
  config.storage._tag === 'EmptyDir'
    ? [{ what: 'all images', why: 'they are in an emptyDir, and go with their pods' }]
    : []

/** The storage outside of the cluster, where nothing of it goes. */
const stayingStorage = (
  config: Config,
  { storage }: DesiredState,
  actions: Plan,
  unseen: ReadonlyArray<string>,
): ReadonlyArray<Fate> =>
  storage === undefined || actions.some(({ _tag }) => _tag === 'RemoveStorage')
    ? []
    : [{ what: `storage ${storage.place}`, why: whyItStays(config, storage.place, unseen) }]

const whyItStays = (
  { storageManagement, storageConsents: { guardBytes, confirmed } }: Config,
  place: string,
  unseen: ReadonlyArray<string>,
): string => {
  if (storageManagement !== 'Managed')
    return 'it is yours: spec.storage.managementState is Unmanaged'
  if (unseen.length > 0)
    return `unless it carries the operator’s marks, which nobody could look for: ${unseen.join(', ')}`
  return guardBytes !== undefined && confirmed !== place
    ? `until you confirm it: there may be more in it than the annotation ${names.DELETION_GUARD_ANNOTATION} of the Config allows; set ${names.CONFIRM_DELETION_ANNOTATION} to ${place}, or spec.storage.managementState to Unmanaged to keep it`
    : 'it does not carry the operator’s marks, or is not there'
}

const OF_PEOPLE: ReadonlyArray<string> = ['Secret', 'PersistentVolumeClaim']

const refText = (object: JsonObject): string => {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  return `${textOf(object['kind'])} ${textOf(metadata['namespace'])}/${textOf(metadata['name'])}`
}

/** What people keep in the namespace of the registry. */
const stayingObjects = (snapshot: Snapshot, actions: Plan): ReadonlyArray<Fate> => {
  const gone = new Set(
    actions.flatMap((action) => (action._tag === 'DeleteObject' ? [showRef(action.ref)] : [])),
  )
  return snapshot
    .filter(isJsonObject)
    .filter(({ kind }) => OF_PEOPLE.includes(textOf(kind)))
    .map(refText)
    .filter((ref) => ref.includes(` ${names.REGISTRY_NAMESPACE}/`) && !gone.has(ref))
    .sort()
    .map((what) => ({ what, why: 'the operator did not make it' }))
}

const NAMESPACES: ReadonlyArray<Fate> = [
  names.REGISTRY_NAMESPACE,
  names.CONFIG_NAMESPACE,
  names.CONFIG_MANAGED_NAMESPACE,
].map((name) => ({ what: `Namespace ${name}`, why: 'what people keep in it would go with it' }))

const NODES_NAMESPACE: Fate = {
  what: `Namespace ${names.NODE_TRUST_NAMESPACE}, where node-trust was installed`,
  why: 'as with the others; nothing of ours is left in it',
}

/** Whoever tells the nodes of the registry takes that back when the registry has gone. */
const ON_NODES: Fate = {
  what: 'what containerd was told of the registry on each node, where node-trust is installed',
  why: 'node-trust made it; nodes that are switched off meanwhile keep it',
}

const isTrustGoing = (actions: Plan): boolean =>
  actions.some(
    (action) => action._tag === 'DeleteObject' && action.ref.name === names.SERVING_CA_CONFIG_MAP,
  )

/** What becomes of a cluster whose Config says Removed. `unseen` is why nobody could look at its storage; empty when somebody did. */
export const uninstallation = (
  { observation }: Observed,
  desired: DesiredState,
  { snapshot, unseen }: { readonly snapshot: Snapshot; readonly unseen: ReadonlyArray<string> },
): Uninstallation => {
  const actions = allActions(desired, observation)
  const ofConfig = E.isRight(observation.config)
    ? {
        goes: onTheNodes(observation.config.right),
        stays: stayingStorage(observation.config.right, desired, actions, unseen),
      }
    : { goes: [], stays: [] }
  return {
    goes: [
      ...goingObjects(actions),
      ...(isTrustGoing(actions) ? [ON_NODES] : []),
      ...ofConfig.goes,
    ],
    stays: [
      ...ofConfig.stays,
      ...stayingObjects(snapshot, actions),
      ...NAMESPACES,
      NODES_NAMESPACE,
    ],
  }
}

/** What can be said of any cluster. */
export const ANY_UNINSTALLATION: Uninstallation = {
  goes: [
    {
      what: 'all that runs of the registry, its Secrets, its Service and its certificate',
      why: 'the operator made it',
    },
    {
      what: 'the bucket, container or claim that images are in, with all images',
      why: 'where the operator made it, and spec.storage.managementState is Managed',
    },
    ON_NODES,
  ],
  stays: [
    { what: 'a bucket, container or claim that you have made', why: 'it is yours' },
    { what: 'Secrets and claims that you have put into the namespaces', why: 'they are yours' },
    ...NAMESPACES,
    NODES_NAMESPACE,
  ],
}
