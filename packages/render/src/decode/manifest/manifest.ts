import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'

import {
  isJsonObject,
  objectRef,
  type JsonObject,
  type KubeObject,
  type Problem,
  type UnreadableObject,
} from '../../model'
import { decodeAt, type Problems } from '../../schema/problems'

import { aNumber, aString, lenient, textByKey } from './lenient'

const METADATA = lenient({
  name: aString,
  namespace: aString,
  uid: aString,
  resourceVersion: aString,
  generation: aNumber,
  deletionTimestamp: aString,
  labels: textByKey,
  annotations: textByKey,
  managedFields: t.UnknownArray,
})

const MANIFEST = lenient({ apiVersion: aString, kind: aString, metadata: METADATA })

type Manifest = t.TypeOf<typeof MANIFEST>

const missing = (path: string): Problem => ({ path, message: 'is missing', remedy: 'add it' })

const missingFields = ({ apiVersion, kind, metadata }: Manifest): ReadonlyArray<Problem> => [
  ...(apiVersion ? [] : [missing('apiVersion')]),
  ...(kind ? [] : [missing('kind')]),
  ...(metadata?.name ? [] : [missing('metadata.name')]),
]

const identity = (value: unknown): Pick<UnreadableObject, 'ref'> => {
  if (!isJsonObject(value)) return {}
  const { apiVersion, kind, metadata } = value
  const { name, namespace }: JsonObject = isJsonObject(metadata) ? metadata : {}
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof name === 'string'
    ? {
        ref: objectRef(
          apiVersion,
          kind,
          name,
          typeof namespace === 'string' ? namespace : undefined,
        ),
      }
    : {}
}

/** What is reported of an object that could not be read. */
export const unreadable =
  (value: unknown) =>
  (problems: Problems): UnreadableObject => ({ ...identity(value), problems })

const withoutNulls = (metadata: JsonObject): JsonObject =>
  Object.values(metadata).includes(null)
    ? Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null))
    : metadata

// Every field that KubeObject names has been checked, so the value is one.
const kubeObject = (value: JsonObject): KubeObject => {
  const metadata = isJsonObject(value['metadata']) ? value['metadata'] : {}
  const clean = withoutNulls(metadata)
  return (clean === metadata ? value : { ...value, metadata: clean }) as KubeObject
}

const complete =
  (value: unknown) =>
  (manifest: Manifest): E.Either<Problems, KubeObject> => {
    const [first, ...rest] = missingFields(manifest)
    return first === undefined && isJsonObject(value)
      ? E.right(kubeObject(value))
      : E.left([first ?? missing('kind'), ...rest])
  }

/** One manifest of a snapshot, if it says what it is and what it is called. */
export const manifest = (value: unknown): E.Either<UnreadableObject, KubeObject> =>
  pipe(decodeAt(MANIFEST, '', value), E.flatMap(complete(value)), E.mapLeft(unreadable(value)))
