import type { JsonObject, StorageError, StoragePart } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'

import type { IbmApi, IbmOperation } from './ibm-api'
import { isMadeFor, type MadeThing } from './made-thing'

/** How a thing is looked for and made that the service would make twice if asked twice. */
export type Making<A extends MadeThing> = {
  readonly api: IbmApi
  readonly part: StoragePart
  readonly look: TE.TaskEither<StorageError, O.Option<A>>
  readonly post: Pick<IbmOperation, 'operation' | 'url'>
  /** What it is made of, but for its marks. */
  readonly body: JsonObject
  readonly parameters: JsonObject
}

const nameTaken = (
  { operation }: Making<MadeThing>['post'],
  { name }: MadeThing,
): StorageError => ({
  _tag: 'NameTaken',
  backend: 'IbmCos',
  operation,
  code: 'none',
  message: `${name} is there already and was not made for this registry`,
})

const bodyWith = (body: JsonObject, parameters: JsonObject): JsonObject =>
  Object.keys(parameters).length === 0 ? body : { ...body, parameters }

const posted = <A extends MadeThing>({
  api,
  part,
  post,
  body,
  parameters,
}: Making<A>): TE.TaskEither<StorageError, JsonObject> => {
  const withParameters = (all: JsonObject): TE.TaskEither<StorageError, JsonObject> =>
    api.askJson({ ...post, method: 'POST', json: bodyWith(body, all), isOnce: true })
  return pipe(
    withParameters({ ...parameters, ...part.marks }),
    // Parameters go to the service's own broker, which may refuse those that it does not know. Then the name has to do.
    TE.orElse((error) =>
      error._tag === 'StorageRefused' && Object.keys(part.marks).length > 0
        ? withParameters(parameters)
        : TE.left(error),
    ),
  )
}

/**
 * Makes a thing unless it is there, as after a crash between making and recording it.
 *
 * Guarantees: what is there under that name is never made a second time, not even where an attempt was not answered;
 * it is no failure if it was made for this part.
 */
export const makeOnce = <A extends MadeThing>(
  making: Making<A>,
): TE.TaskEither<StorageError, void> =>
  pipe(
    making.look,
    TE.flatMap(
      O.match(
        () =>
          pipe(
            posted(making),
            TE.map((): void => undefined),
            TE.orElse((error) => foundAfter(making, error)),
          ),
        (thing) => taken(making, thing),
      ),
    ),
  )

const taken = <A extends MadeThing>(
  { part, post }: Making<A>,
  thing: A,
): TE.TaskEither<StorageError, void> =>
  isMadeFor(part)(thing) ? TE.right(undefined) : TE.left(nameTaken(post, thing))

/** An attempt that was not answered may have been heard. */
const foundAfter = <A extends MadeThing>(
  making: Making<A>,
  error: StorageError,
): TE.TaskEither<StorageError, void> =>
  error._tag === 'StorageConflict'
    ? pipe(
        making.look,
        TE.flatMap(
          O.match(
            () => TE.left(error),
            (thing) => taken(making, thing),
          ),
        ),
      )
    : TE.left(error)
