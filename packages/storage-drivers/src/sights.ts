import type {
  Marks,
  PartKind,
  PartSight,
  SettingName,
  SettingSight,
  StorageError,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'

import type { PartFound, PartRead } from './backend'

/** A part that was seen, with the secret values that came along. */
export type PartSeen = {
  readonly sight: PartSight
  readonly keys: { readonly [name: string]: string }
}

type Settings = { readonly [Name in SettingName]?: SettingSight }

const failedSettings = (tells: PartRead['tells'], error: StorageError): Settings =>
  Object.fromEntries(
    tells.map((name): [SettingName, SettingSight] => [
      name,
      { _tag: error._tag === 'Unsupported' ? 'NotSupported' : 'NotSeen', error },
    ]),
  )

type Present = Extract<PartSight, { _tag: 'Present' }>

const NOTHING: Present = { _tag: 'Present', settings: {}, details: {} }

const present = (before: PartSight | undefined): Present =>
  before?._tag === 'Present' ? before : NOTHING

/** What is known of a part after the read that tells whether it is there. */
export const afterFirstRead = (
  before: PartSight | undefined,
  found: E.Either<StorageError, PartFound>,
): PartSeen =>
  E.isLeft(found)
    ? { sight: { _tag: 'Unseen', error: found.left }, keys: {} }
    : withFound(before, found.right)

const withFound = (before: PartSight | undefined, found: PartFound): PartSeen => {
  if (found._tag === 'Absent') return { sight: found, keys: {} }
  const { _tag, keys = {}, settings = {}, details = {}, ...rest } = found
  const known = present(before)
  return {
    sight: {
      ...known,
      ...rest,
      settings: { ...known.settings, ...settings },
      details: { ...known.details, ...details },
    },
    keys,
  }
}

/** What is known of a part that is there after another read. */
export const afterFurtherRead = (
  before: PartSight,
  tells: PartRead['tells'],
  found: E.Either<StorageError, PartFound>,
): PartSeen =>
  E.isRight(found)
    ? withFound(before, found.right)
    : {
        sight: {
          ...present(before),
          settings: { ...present(before).settings, ...failedSettings(tells, found.left) },
        },
        keys: {},
      }

/** Whether a thing carries all of these marks. None at all prove nothing. */
export const carries = (sight: PartSight, marks: Marks): boolean => {
  const wanted = Object.entries(marks)
  const found = sight._tag === 'Present' ? (sight.marks ?? {}) : {}
  return wanted.length > 0 && wanted.every(([name, value]) => found[name] === value)
}

/** The parts of a sight with another one in its place. */
export const withPart = (
  parts: { readonly [Kind in PartKind]?: PartSight },
  kind: PartKind,
  sight: PartSight,
): { readonly [Kind in PartKind]?: PartSight } => ({ ...parts, [kind]: sight })
