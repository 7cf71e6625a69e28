import { isJsonArray, isJsonObject, type Json, textOf } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'

import { encodedName } from './encoded-path'
import { refusedAnswer, type SwiftFailure, unreadable } from './swift-error'

/** The objects of a container, one per line. */
export const bulkLines = (container: string, names: ReadonlyArray<string>): string =>
  names.map((name) => `${encodedName(container)}/${encodedName(name)}\n`).join('')

const LINE_BREAKS = /\s+/g

/** What the service says of the first object that is still there, else of the whole. */
const firstFailure = (errors: ReadonlyArray<Json>, status: string): SwiftFailure => {
  const [first] = errors
  const [name, why] = isJsonArray(first) ? first.map(textOf) : ['', status]
  const code = Number.parseInt(why ?? '', 10) || 500
  const what = name === '' ? 'cannot delete objects' : `cannot delete object ${name ?? ''}`
  const body = `${what}: ${why ?? ''}`.replace(LINE_BREAKS, ' ')
  return refusedAnswer({ code, headers: {}, body })
}

/** How many objects are gone, by an answer whose own code is always 200. */
export const bulkDeletion = (body: string): E.Either<SwiftFailure, number> => {
  const parsed = E.tryCatch((): unknown => JSON.parse(body), E.toError)
  if (E.isLeft(parsed) || !isJsonObject(parsed.right))
    return E.left(unreadable('the answer to a bulk deletion is not JSON'))
  const { Errors: errors, 'Number Deleted': deleted } = parsed.right
  const status = textOf(parsed.right['Response Status'])
  const failures = isJsonArray(errors) ? errors : []
  return failures.length === 0 && status.startsWith('2')
    ? E.right(typeof deleted === 'number' ? deleted : 0)
    : E.left(firstFailure(failures, status))
}
