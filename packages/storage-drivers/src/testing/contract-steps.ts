import assert from 'node:assert/strict'

import type {
  Json,
  PartKind,
  PartRemoval,
  PartSight,
  StorageError,
  StoragePart,
  StorageStep,
  StorageTarget,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'

import type { OnProgress, Seen, StepOutcome, StorageAccess } from '../storage-driver'
import type { ContractServer } from './contract-server'

/** One thing that holds for every driver. */
export type Law = {
  readonly name: string
  readonly holds: (server: ContractServer) => Promise<void>
}

/** The value of what has to have succeeded. */
export const succeeded = <A>(result: E.Either<StorageError, A>): A =>
  E.isRight(result) ? result.right : assert.fail(JSON.stringify(result.left))

const quiet: OnProgress = () => () => undefined

/** Everything that the driver sees of a storage. */
export const seen = async (
  { driver }: ContractServer,
  access: StorageAccess,
  counts = false,
): Promise<Seen> => succeeded(await driver.observe(access, { _tag: 'Everything', counts })())

/** The part that holds images: the one that matters most. */
export const holderOf = ({ parts }: StorageTarget): StoragePart =>
  parts.find(({ holdsImages }) => holdsImages) ?? assert.fail('no part of the target holds images')

/** What the driver sees of the part that holds images. */
export const seenHolder = async (
  server: ContractServer,
  access: StorageAccess,
): Promise<PartSight> => {
  const { kind } = holderOf(access.target)
  const { sight } = await seen(server, access)
  return sight.parts[kind] ?? assert.fail(`nothing was seen of the ${kind}`)
}

const setsOf = ({ kind, settings }: StoragePart): ReadonlyArray<StorageStep> =>
  settings.map((setting) => ({ _tag: 'Set', part: kind, setting }))

/** All steps from nothing to a storage as it should be. */
export const allSteps = ({ parts }: StorageTarget): ReadonlyArray<StorageStep> => [
  ...parts.map(({ kind }): StorageStep => ({ _tag: 'Create', part: kind })),
  ...parts.flatMap(setsOf),
]

/** The steps that put all settings right. */
export const allSets = ({ parts }: StorageTarget): ReadonlyArray<StorageStep> =>
  parts.flatMap(setsOf)

/** Does the steps, and says what has come of them. */
export const ensured = (
  { driver }: ContractServer,
  access: StorageAccess,
  steps: ReadonlyArray<StorageStep>,
): Promise<ReadonlyArray<StepOutcome>> => driver.ensure(access, steps, quiet)()

/** A storage as it should be, which the driver has made. */
export const made = async (server: ContractServer): Promise<StorageAccess> => {
  const access = await server.unused()
  const outcomes = await ensured(server, access, allSteps(access.target))
  outcomes.forEach(({ result }) => succeeded(result))
  return access
}

/** A storage that a user has made, under the names of a target. */
export const madeByUser = async (server: ContractServer): Promise<StorageAccess> => {
  const access = await server.unused()
  await server.world.makeAsUser(access.target)
  return access
}

/** Every part goes, the last one first, by the marks that it should have. */
export const allRemovals = ({ parts }: StorageTarget): ReadonlyArray<PartRemoval> =>
  parts.map(({ kind, marks }) => ({ part: kind, marks })).reverse()

/** The part that holds images goes. */
export const holderRemoval = (target: StorageTarget): ReadonlyArray<PartRemoval> => {
  const { kind, marks } = holderOf(target)
  return [{ part: kind, marks }]
}

/** What comes of removing. */
export const removed = (
  { driver }: ContractServer,
  access: StorageAccess,
  parts: ReadonlyArray<PartRemoval> = allRemovals(access.target),
): Promise<E.Either<StorageError, void>> => driver.remove(access, parts, quiet)()

/** The tag of the failure that there has to be. */
export const failure = (result: E.Either<StorageError, unknown>): StorageError['_tag'] =>
  E.isLeft(result) ? result.left._tag : assert.fail('it has succeeded')

/** The same storage, wanted by somebody else. */
export const ofAnother = (access: StorageAccess): StorageAccess => ({
  ...access,
  target: {
    ...access.target,
    parts: access.target.parts.map((part) => ({
      ...part,
      marks: Object.fromEntries(
        Object.entries(part.marks).map(([name, value]) => [name, `${value}-other`]),
      ),
    })),
  },
})

/** Does something, and holds that nothing in the world has changed. */
export const unchanged = async (
  { world }: ContractServer,
  { target }: StorageAccess,
  act: () => Promise<unknown>,
): Promise<void> => {
  const before = await world.look(target)
  assert.notEqual(before, undefined)
  await act()
  assert.deepEqual(await world.look(target), before)
}

const isRecord = (value: Json): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isList = (value: Json): value is ReadonlyArray<Json> => Array.isArray(value)

/** Whether what is found has everything that is wanted. */
const contains = (found: Json, wanted: Json): boolean => {
  if (isList(wanted))
    return isList(found) && wanted.every((item) => found.some((one) => contains(one, item)))
  if (!isRecord(wanted)) return found === wanted
  return (
    isRecord(found) &&
    Object.entries(wanted).every(([name, value]) => contains(found[name] ?? null, value))
  )
}

/** The settings of a part that are not as wanted. */
export const wrongSettings = (sight: PartSight, { settings }: StoragePart): ReadonlyArray<string> =>
  settings
    .filter(({ name, wanted }) => {
      const found = sight._tag === 'Present' ? sight.settings[name] : undefined
      return found?._tag !== 'Found' || !contains(found.value, wanted)
    })
    .map(({ name }) => name)

/** What has been seen after so many glances that every read has been made. */
export const afterGlances = async (
  { driver }: ContractServer,
  access: StorageAccess,
  before: Seen,
): Promise<Seen> => {
  let last = before
  for (let turn = 0; turn < MOST_READS; turn += 1)
    last = succeeded(await driver.observe(access, { _tag: 'Glance', turn, before: last.sight })())
  return last
}

/** No storage takes more reads than this. */
const MOST_READS = 12

/** What was seen of a part. */
export const sightOf = ({ sight }: Seen, kind: PartKind): PartSight =>
  sight.parts[kind] ?? assert.fail(`nothing was seen of the ${kind}`)
