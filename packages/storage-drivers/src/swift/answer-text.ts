import { STATUS_CODES } from 'node:http'

import { isJsonObject, textOf } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'

const LONGEST = 200

const parsed = (body: string): E.Either<Error, unknown> =>
  E.tryCatch((): unknown => JSON.parse(body), E.toError)

/** What Ceph says in JSON; its ids of requests and hosts stay out. */
const fromJson = (body: string): string => {
  const answer = parsed(body)
  if (E.isLeft(answer) || !isJsonObject(answer.right)) return ''
  return textOf(answer.right['Message']) || textOf(answer.right['Code'])
}

/** What Swift says is a paragraph, or a bare line. Whatever else it is may differ from one attempt to the next. */
const fromText = (body: string): string =>
  /<p>([^<]*)<\/p>/i.exec(body)?.[1] ?? (/[<{\n]/.test(body.trim()) ? '' : body)

const oneLine = (text: string): string =>
  text
    .replace(/\btx[0-9a-f]{21}-\S*/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST)

/** The name that HTTP has for a status. */
export const statusText = (code: number): string => STATUS_CODES[code] ?? `HTTP ${code}`

/** In one line, what an object store says of a failure; the same for the same failure. */
export const answerText = ({
  code,
  body,
}: {
  readonly code: number
  readonly body: string
}): string => oneLine(fromJson(body) || fromText(body)) || statusText(code)
