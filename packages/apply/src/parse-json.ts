import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'

import type { Json } from '@image-registry-operator/render/model'

/** Whatever `JSON.parse` gives is JSON; only its type does not say so. */
const isJson = (value: unknown): value is Json => value !== undefined

/** The value of a text; none when it is no JSON. */
export const parseJson = (text: string): O.Option<Json> =>
  pipe(
    O.tryCatch((): unknown => JSON.parse(text)),
    O.filter(isJson),
  )
