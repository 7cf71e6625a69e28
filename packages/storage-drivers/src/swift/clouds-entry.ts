import { isJsonObject, type JsonObject, textOf } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import { cloudsDocument } from './clouds-document'
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

const memberOf = (value: unknown, name: string): JsonObject => {
  const member = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
  return isJsonObject(member) ? member : {}
}

/** What a clouds.yaml says of a cloud. */
export const cloudsEntry = (text: string, cloud: string): E.Either<ProbeError, CloudsEntry> =>
  text.trim() === ''
    ? E.left({ _tag: 'CloudsMissing' })
    : pipe(
        cloudsDocument(text),
        E.mapLeft((problem): ProbeError => ({ _tag: 'CloudsUnreadable', ...problem })),
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
