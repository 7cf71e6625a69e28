import { isJsonObject, type JsonObject, textOf } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { parseDocument } from 'yaml'

import type { ProbeError } from './probe-error'

/** One cloud of a clouds.yaml. */
export type CloudsEntry = {
  readonly cloud: string
  readonly auth: JsonObject
  /** Empty: whichever comes first. */
  readonly region: string
  /** Of Keystone, as it is written; empty: not said. */
  readonly version: string
}

const MAX_ALIASES = 100

const memberOf = (value: unknown, name: string): JsonObject => {
  const member = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
  return isJsonObject(member) ? member : {}
}

// The parser's messages quote what they stumble over, which may be a password.
const parsed = (text: string): E.Either<ProbeError, unknown> => {
  // Every scalar is a text: a password may look like a number.
  const document = parseDocument(text, { schema: 'failsafe', merge: true })
  const line = document.errors[0]?.linePos?.[0].line
  return document.errors.length > 0
    ? E.left({ _tag: 'CloudsUnreadable', ...(line === undefined ? {} : { line }) })
    : E.tryCatch(
        (): unknown => document.toJS({ maxAliasCount: MAX_ALIASES }),
        (): ProbeError => ({ _tag: 'CloudsUnreadable' }),
      )
}

/** What a clouds.yaml says of a cloud. */
export const cloudsEntry = (text: string, cloud: string): E.Either<ProbeError, CloudsEntry> =>
  text.trim() === ''
    ? E.left({ _tag: 'CloudsMissing' })
    : pipe(
        parsed(text),
        E.map((clouds) => memberOf(memberOf(clouds, 'clouds'), cloud)),
        E.flatMap((entry) =>
          Object.keys(entry).length === 0
            ? E.left<ProbeError>({ _tag: 'CloudMissing', cloud })
            : E.right({
                cloud,
                auth: memberOf(entry, 'auth'),
                region: textOf(entry['region_name']),
                version: textOf(entry['identity_api_version']),
              }),
        ),
      )
