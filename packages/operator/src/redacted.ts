import { redact, withCredentialReadings } from '@image-registry-operator/render'
import type { KubeObject } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { flow } from 'fp-ts/function'
import { parseDocument } from 'yaml'

import { readCertificate } from './read-certificate'

/** So many references to other places a document may hold before it counts as an attack. */
const MAX_ALIASES = 100

/** Nothing of a document may stand in what is said of it: it may hold passwords. Every value is a text, as it is written. */
const readYaml = (text: string): E.Either<string, unknown> => {
  const document = parseDocument(text, { schema: 'failsafe', merge: true, logLevel: 'silent' })
  const line = document.errors[0]?.linePos?.[0].line
  return document.errors.length > 0
    ? E.left(line === undefined ? 'is not YAML' : `is not YAML (line ${line})`)
    : E.tryCatch(
        (): unknown => document.toJS({ maxAliasCount: MAX_ALIASES }),
        () => 'is not YAML',
      )
}

const decodeBase64 = (text: string): string => Buffer.from(text, 'base64').toString('utf8')

/** An object with digests in place of its secret values, and with what credentials and certificates say that is no secret. */
export const redacted: (object: KubeObject) => KubeObject = flow(
  withCredentialReadings({ readYaml, readCertificate, decodeBase64 }),
  redact,
)
