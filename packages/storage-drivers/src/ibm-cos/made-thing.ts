import {
  isJsonObject,
  type JsonObject,
  type Marks,
  type StoragePart,
  textOf,
} from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import * as Ord from 'fp-ts/Ord'
import * as RA from 'fp-ts/ReadonlyArray'
import * as S from 'fp-ts/string'

/** The mark for who has made a thing: `self` when it was whoever the API key stands for. */
const CREATED_BY = 'created-by'

/** What the resource controller tells of an instance and of a key alike. */
export type MadeThing = {
  readonly crn: string
  readonly name: string
  readonly state: string
  readonly createdAt: string
  readonly marks: Marks
}

const parameterMarks = (parameters: JsonObject): Marks =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]): ReadonlyArray<readonly [string, string]> =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )

/**
 * Neither instances nor keys have labels that the resource controller would show. What proves where they come from are
 * the parameters they were made with, which it gives back; else their name, together with who has made them.
 */
export const madeThing = (found: JsonObject, iamId: string): MadeThing => {
  const name = textOf(found['name'])
  const maker = textOf(found['created_by'])
  const parameters = found['parameters']
  return {
    crn: textOf(found['crn']),
    name,
    state: textOf(found['state']),
    createdAt: textOf(found['created_at']),
    marks: {
      ...(isJsonObject(parameters) ? parameterMarks(parameters) : {}),
      name,
      [CREATED_BY]: iamId !== '' && maker === iamId ? 'self' : maker,
    },
  }
}

const carriesAll = (found: Marks, wanted: Marks): boolean => {
  const pairs = Object.entries(wanted)
  return pairs.length > 0 && pairs.every(([name, value]) => found[name] === value)
}

/** Whether this was made for the part: by its marks, or by what the original gave under a name that only it gives. */
export const isMadeFor =
  ({ marks, formerMarks, isGeneratedName }: StoragePart) =>
  (thing: MadeThing): boolean =>
    carriesAll(thing.marks, marks) || (isGeneratedName && carriesAll(thing.marks, formerMarks))

/** Of several that have the name: the one that was made for the part, else the oldest. The same one every time. */
export const rightOne =
  (part: StoragePart) =>
  <A extends MadeThing>(things: ReadonlyArray<A>): O.Option<A> => {
    const oldestFirst = pipe(
      things,
      RA.sortBy([
        pipe(
          S.Ord,
          Ord.contramap((thing: A) => thing.createdAt),
        ),
        pipe(
          S.Ord,
          Ord.contramap((thing: A) => thing.crn),
        ),
      ]),
    )
    return pipe(
      oldestFirst,
      RA.findFirst(isMadeFor(part)),
      O.orElse(() => RA.head(oldestFirst)),
    )
  }
