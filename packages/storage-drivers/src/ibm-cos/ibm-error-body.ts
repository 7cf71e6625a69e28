import {
  isJsonObject,
  type JsonObject,
  objectsOf,
  textOf,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

/** What a service says of a request that it refuses; what it does not say is empty. */
export type ErrorBody = { readonly code: string; readonly message: string }

const NOTHING: ErrorBody = { code: '', message: '' }

/** Longer ones explain, but are cut where a status has to hold them. */
const LONGEST = 300

/** One line, without what is another one with every request. */
const stable = (message: string): string =>
  message
    .replace(
      /[([{]?\b(transaction|request|trace)[ _-]?id\b["']?\s*[:=]?\s*["']?[\w-]+["']?[)\]}]?/gi,
      '',
    )
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST)

// Each of the services has its own way: IAM errorCode and errorMessage, the resource controller error_code and
// message, the resource manager a list of errors.
const errorBodyOf = (body: JsonObject): ErrorBody => {
  const [first] = objectsOf(body['errors'])
  const from = first ?? body
  const texts = (...names: ReadonlyArray<string>): string =>
    names.map((name) => textOf(from[name])).find((text) => text !== '') ?? ''
  return {
    code: texts('errorCode', 'error_code', 'code'),
    message: stable(texts('errorMessage', 'message', 'description')),
  }
}

const inXml = (body: string, element: string): string =>
  new RegExp(`<${element}>([^<]*)</${element}>`).exec(body)?.[1] ?? ''

/** What the body of an error says, whichever of the services it is of; a page of some proxy says nothing. */
export const errorBody = (body: string): ErrorBody => {
  if (body.includes('<Error>'))
    return { code: inXml(body, 'Code'), message: stable(inXml(body, 'Message')) }
  return pipe(
    E.tryCatch((): unknown => JSON.parse(body), E.toError),
    E.match(
      () => NOTHING,
      (parsed) => (isJsonObject(parsed) ? errorBodyOf(parsed) : NOTHING),
    ),
  )
}
