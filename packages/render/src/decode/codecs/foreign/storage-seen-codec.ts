import * as E from 'fp-ts/Either'
import * as t from 'io-ts'

import {
  isJsonObject,
  type Json,
  type JsonObject,
  type StorageFacts,
  type StorageKnown,
} from '../../../model'

const JSON_OBJECT = new t.Type<JsonObject>(
  'an object',
  isJsonObject,
  (value, context) => (isJsonObject(value) ? t.success(value) : t.failure(value, context)),
  t.identity,
)

/** What was read from JSON or YAML is JSON. */
const isJson = (value: unknown): value is Json => value !== undefined

const ANY_JSON = new t.Type<Json>(
  'a value',
  isJson,
  (value, context) => (isJson(value) ? t.success(value) : t.failure(value, context)),
  t.identity,
)

const BACKEND = t.keyof({ S3: null, Gcs: null, Azure: null, Swift: null, IbmCos: null })

const CALL = { backend: BACKEND, operation: t.string, code: t.string, message: t.string }

const ERROR = t.union([
  t.type({
    ...CALL,
    _tag: t.keyof({
      AccessDenied: null,
      CredentialsRefused: null,
      NameTaken: null,
      QuotaExceeded: null,
      Unsupported: null,
      StorageNotFound: null,
      StorageConflict: null,
      StorageRefused: null,
      StorageFailed: null,
      StorageUnreachable: null,
      MarksMissing: null,
    }),
  }),
  t.type({ ...CALL, _tag: t.literal('StorageThrottled'), retryAfterMs: t.number }),
])

const SETTING = t.union([
  t.type({ _tag: t.literal('Found'), value: ANY_JSON }),
  t.type({ _tag: t.keyof({ NotSupported: null, NotSeen: null }), error: ERROR }),
])

const PART = t.union([
  t.type({ _tag: t.literal('Absent') }),
  t.type({ _tag: t.literal('Unseen'), error: ERROR }),
  t.intersection([
    t.type({
      _tag: t.literal('Present'),
      settings: t.record(t.string, SETTING),
      details: JSON_OBJECT,
    }),
    t.partial({ marks: t.record(t.string, t.string), isEmpty: t.boolean }),
  ]),
])

const SIGHT = t.intersection([
  t.type({ parts: t.record(t.string, PART) }),
  t.partial({
    contents: t.type({ objects: t.number, bytes: t.number, isWhole: t.boolean }),
  }),
])

const TROUBLE = t.intersection([
  t.type({ verb: t.keyof({ observe: null, ensure: null, remove: null }), error: ERROR }),
  t.partial({ part: t.string, setting: t.string }),
])

const LOOKED = t.intersection([
  t.type({
    target: t.string,
    place: t.string,
    keys: t.record(t.string, t.string),
    troubles: t.readonlyArray(TROUBLE),
  }),
  t.partial({
    sight: SIGHT,
    rests: t.literal(true),
    work: t.type({
      verb: t.keyof({ ensure: null, remove: null }),
      step: t.string,
      removedObjects: t.number,
    }),
  }),
])

/**
 * What is read of `Storage` of our own group: what a driver has seen outside of the cluster. Its status is empty while
 * nobody has been answered.
 */
const StorageSeen = t.type({
  status: t.union([LOOKED, t.type({ awaited: t.literal(true) })]),
})

/** What an object of ours says of a storage; undefined where it is none of these. */
export const storageSeen = (object: unknown): StorageKnown | undefined => {
  const read = StorageSeen.decode(object)
  if (E.isLeft(read)) return undefined
  const { status } = read.right
  // What may be absent is never undefined in what was read from JSON or YAML, which a codec cannot say.
  return 'awaited' in status ? { _tag: 'Awaited' } : looked(status as StorageFacts)
}

const looked = (facts: StorageFacts): StorageKnown => ({ _tag: 'Looked', ...facts })
