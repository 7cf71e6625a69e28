import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'

import {
  type ClusterFacts,
  type Config,
  isMachineAwaited,
  machineUnread,
  type RenderProblem,
  type StorageError,
  type StorageFacts,
  type StorageTarget,
} from '../../model'
import { halfMade } from '../../storage/half-made'
import { imagePart } from '../../storage/image-part'
import { factsOfTarget } from '../../storage/known-target'
import { wasThere } from '../../storage/may-make'
import { storageTarget } from '../storage-target/storage-target'

/**
 * Why the pods have to wait for the storage outside of the cluster. A first registry waits until its storage is there, and is
 * marked as ours where that has failed for the moment: with images in it, nobody could say so any more. One that runs goes
 * on whatever becomes of its storage; but pods get no credentials that nobody has tried: they may have changed while nobody
 * looked. Where nobody looks there is nothing to wait for.
 */
export const storagePending = (config: Config, facts: ClusterFacts): O.Option<RenderProblem> => {
  const target = storageTarget(config, facts)
  if (facts.storage._tag === 'Nobody') return O.none
  // What cannot even be looked at has not been made.
  if (E.isLeft(target))
    return wasThere(config) ? O.none : O.some(untilMachineIsRead(facts)(target.left))
  if (target.right === undefined) return O.none
  const { place } = target.right
  const known = factsOfTarget(facts.storage, target.right)
  const pending =
    known === undefined ||
    (wasThere(config) ? areRefused(known) : !isThere(config, known)) ||
    isNotMarkedYet(config, target.right, known)
  return pending ? O.some({ _tag: 'StoragePending', place }) : O.none
}

/** A name that comes from the platform is nothing that lacks before the platform is known. */
export const untilMachineIsRead =
  (facts: ClusterFacts) =>
  (problem: RenderProblem): RenderProblem =>
    problem._tag === 'StorageNotProvisioned' && isMachineAwaited(facts)
      ? machineUnread(facts)
      : problem

const isThere = ({ storage }: Config, known: StorageFacts): boolean => {
  const kind = imagePart(storage)
  return kind !== undefined && known.sight?.parts[kind]?._tag === 'Present'
}

/** What the next attempt may cure. A name that is taken by what has just been made, and not marked, is our own. */
const PASSING: ReadonlyArray<StorageError['_tag']> = [
  'StorageThrottled',
  'StorageConflict',
  'NameTaken',
  'StorageFailed',
  'StorageUnreachable',
]

/** We have made it, and could not say so, but soon may. A storage that we may not mark is used as it is. */
const isNotMarkedYet = (config: Config, target: StorageTarget, known: StorageFacts): boolean => {
  const part = config.storageManagement === 'Managed' ? halfMade(config, target, known) : undefined
  return known.troubles.some(
    ({ verb, part: kind, setting, error }) =>
      verb === 'ensure' &&
      part !== undefined &&
      kind === part.kind &&
      setting === undefined &&
      PASSING.includes(error._tag),
  )
}

const areRefused = ({ troubles }: StorageFacts): boolean =>
  troubles.some(({ error }) => error._tag === 'CredentialsRefused')
