import * as E from 'fp-ts/Either'

import type {
  Config,
  ManagementState,
  Observation,
  PartSight,
  RenderProblem,
  StorageFacts,
  StorageKnown,
  StoragePart,
  StorageTarget,
} from '../../model'
import { isGuarded } from '../../storage/deletion-guard'
import { factsOfTarget } from '../../storage/known-target'
import { mayMake, wasThere } from '../../storage/may-make'
import { type Proof, proofOf, proofWithin } from '../../storage/proof'
import { isStorageLeft } from '../../storage/storage-left'

/** What is to be told of a storage outside of the cluster. */
export type OutsideStorage = {
  readonly state: ManagementState
  /** Absent while it cannot be said; then `problem` says why. */
  readonly target?: StorageTarget
  readonly problem?: RenderProblem
  /** `nobody` looks, somebody `will`, or somebody has: then `facts` says what he saw with these credentials. */
  readonly looked: 'nobody' | 'will' | 'has'
  readonly facts?: StorageFacts
  readonly management: Config['storageManagement']
  /** The status says that images were there. */
  readonly wasThere: boolean
  readonly mayMake: boolean
  /** Somebody has allowed to make it anew, once; it was there since. */
  readonly isConsentSpent: boolean
  /** It has been written down that it is being made: what is there and empty is about to get our marks. */
  readonly isBegun: boolean
  /** It has to go, and something of it is left, or may be. */
  readonly isLeft: boolean
  /** It has to go, and somebody has to say that it may. */
  readonly isGuarded: boolean
}

type Given = {
  readonly observation: Observation
  readonly storage?: StorageTarget
  readonly storageProblem?: RenderProblem
}

/** What is to be told of the storage outside of the cluster; undefined where there is none. */
export const outsideStorage = (given: Given): OutsideStorage | undefined => {
  const {
    observation: { config: read, facts },
    storage: target,
    storageProblem: problem,
  } = given
  if (E.isLeft(read) || (target === undefined && problem === undefined)) return undefined
  const config = read.right
  const known = target === undefined ? undefined : factsOfTarget(facts.storage, target)
  return {
    state: config.managementState,
    ...said(target, problem),
    looked: lookedAt(facts.storage, known),
    ...(known === undefined ? {} : { facts: known }),
    management: config.storageManagement,
    wasThere: wasThere(config),
    mayMake: mayMake(config),
    isConsentSpent: target !== undefined && config.storageConsents.spent === target.place,
    isBegun: target !== undefined && config.storageConsents.making === target.place,
    isLeft: isGoing(config) && isStorageLeft(config, given, facts.storage),
    isGuarded: isGoing(config) && isHeldBack(config, target, known),
  }
}

const said = (
  target: StorageTarget | undefined,
  problem: RenderProblem | undefined,
): Pick<OutsideStorage, 'target' | 'problem'> => ({
  ...(target === undefined ? {} : { target }),
  ...(problem === undefined ? {} : { problem }),
})

const isGoing = ({ managementState }: Config): boolean => managementState === 'Removed'

const isHeldBack = (
  config: Config,
  target: StorageTarget | undefined,
  known: StorageFacts | undefined,
): boolean => target !== undefined && known !== undefined && isGuarded(config, target, known)

const lookedAt = (
  storage: StorageKnown,
  known: StorageFacts | undefined,
): OutsideStorage['looked'] => {
  if (storage._tag === 'Nobody') return 'nobody'
  return known === undefined ? 'will' : 'has'
}

/** The part with the images, as it should be and as it was seen. */
export const images = ({
  target,
  facts,
}: OutsideStorage): { readonly part?: StoragePart; readonly sight?: PartSight } => {
  const part = target?.parts.find(({ holdsImages }) => holdsImages)
  const sight = part === undefined ? undefined : facts?.sight?.parts[part.kind]
  return {
    ...(part === undefined ? {} : { part }),
    ...(sight === undefined ? {} : { sight }),
  }
}

/** It was there, and is not any more; nobody has allowed to make it anew. */
export const hasVanished = (outside: OutsideStorage): boolean =>
  outside.state === 'Managed' &&
  outside.wasThere &&
  images(outside).sight?._tag === 'Absent' &&
  !(outside.management === 'Managed' && outside.mayMake)

/** Who made the account that the images are in, where there is one. */
const accountProof = ({ target, facts }: OutsideStorage): Proof => {
  const account = target?.parts.find(({ kind }) => kind === 'account')
  return account === undefined ? 'unknown' : proofOf(facts?.sight?.parts.account, account)
}

/** It carries nobody's marks that we know, so nothing of it is changed or removed. */
export const isUnproven = (outside: OutsideStorage): boolean => {
  const { part, sight } = images(outside)
  return (
    part !== undefined &&
    sight?._tag === 'Present' &&
    proofWithin(proofOf(sight, part), part.isGeneratedName, accountProof(outside)) === 'nobody' &&
    !(outside.isBegun && sight.isEmpty === true)
  )
}
