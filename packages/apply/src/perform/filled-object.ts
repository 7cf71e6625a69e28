import { createHash } from 'node:crypto'

import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import * as RA from 'fp-ts/ReadonlyArray'
import * as TE from 'fp-ts/TaskEither'

import type {
  ApplyError,
  ComposedValue,
  CopiedValue,
  DesiredObject,
  ExtractedValue,
  Fill,
  HashedValue,
  IssuedValue,
  Json,
  JsonObject,
  KubeObject,
  ObjectRef,
  UserLinesValue,
  ValueSource,
} from '@image-registry-operator/render/model'
import { envScalar, refOf, userLines } from '@image-registry-operator/render/model'

import { isKubeObject } from '../client/kube-answer'
import type { IssuedPair, IssueMaterial, PerformDeps } from './perform-deps'
import { valueAt, withValueAt } from './with-value-at'

/** Reads an object with its secret values. */
export type ReadSource = (ref: ObjectRef) => TE.TaskEither<ApplyError, O.Option<KubeObject>>

export type FillDeps = { readonly readSource: ReadSource } & Pick<
  PerformDeps,
  'randomBytes' | 'valuesOf' | 'extracted' | 'issue' | 'hashPassword'
>

/** An object with its values filled in, and these values, so that nobody repeats them in a message. */
export type FilledObject = { readonly object: KubeObject; readonly values: ReadonlyArray<string> }

const digestOf = (bytes: Buffer): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`

/** A value of another object, or the document in it that has the value. */
type SourceValue = CopiedValue | ExtractedValue | HashedValue | UserLinesValue

const bytesAt = (object: KubeObject, { ref, path }: SourceValue): O.Option<Buffer> => {
  const value = valueAt(object, path)
  return typeof value === 'string'
    ? O.some(Buffer.from(value, ref.kind === 'Secret' ? 'base64' : 'utf8'))
    : O.none
}

const rightBytes =
  (source: SourceValue) =>
  (object: KubeObject): O.Option<Buffer> =>
    pipe(
      bytesAt(object, source),
      O.filter((bytes) => digestOf(bytes) === source.digest),
    )

const sourceChanged = (target: ObjectRef, { ref }: SourceValue): ApplyError => ({
  _tag: 'SourceChanged',
  ref: target,
  source: ref,
})

/** From what is watched; what is not known, or is known in another version, is read. */
const copied = (
  deps: FillDeps,
  target: ObjectRef,
  source: SourceValue,
): TE.TaskEither<ApplyError, Buffer> =>
  pipe(
    deps.valuesOf(source.ref),
    O.flatMap(rightBytes(source)),
    O.match(() => fetched(deps, target, source), TE.right),
  )

const fetched = (
  deps: FillDeps,
  target: ObjectRef,
  source: SourceValue,
): TE.TaskEither<ApplyError, Buffer> =>
  pipe(
    deps.readSource(source.ref),
    TE.flatMapEither((object) =>
      pipe(
        object,
        O.flatMap(rightBytes(source)),
        E.fromOption(() => sourceChanged(target, source)),
      ),
    ),
  )

/** Its parts are texts: bytes that are none would not survive. */
const composed = (
  deps: FillDeps,
  target: ObjectRef,
  { parts, form }: ComposedValue,
): TE.TaskEither<ApplyError, Buffer> =>
  pipe(
    parts,
    TE.traverseSeqArray((part) =>
      typeof part === 'string' ? TE.right(part) : textOf(deps, target, part),
    ),
    TE.map((texts) => texts.join('')),
    TE.map((text) => Buffer.from(form === 'variable' ? envScalar(text) : text)),
  )

const textOf = (
  deps: FillDeps,
  target: ObjectRef,
  part: SourceValue,
): TE.TaskEither<ApplyError, string> =>
  pipe(
    copied(deps, target, part),
    TE.map((bytes) => bytes.toString('utf8')),
    TE.flatMap((text): TE.TaskEither<ApplyError, string> => {
      switch (part._tag) {
        case 'CopyOf':
          return TE.right(text)
        case 'Extracted':
          return TE.fromOption(() => sourceChanged(target, part))(deps.extracted(text, part))
        case 'Hashed':
          return TE.fromTask(deps.hashPassword(text))
        case 'UserLines':
          return TE.right(userLines(text))
      }
    }),
  )

/** What has been issued for one object. */
type Issued = (value: IssuedValue) => TE.TaskEither<ApplyError, IssuedPair>

const valueOf = (
  deps: FillDeps & { readonly issued: Issued },
  target: ObjectRef,
  source: ValueSource,
): TE.TaskEither<ApplyError, Buffer> => {
  const { issued } = deps
  switch (source._tag) {
    case 'CopyOf':
      return copied(deps, target, source)
    case 'Composed':
      return composed(deps, target, source)
    case 'Issued':
      return pipe(
        issued(source),
        TE.map((pair) => Buffer.from(pair[source.part])),
      )
    case 'Generated':
      return TE.fromIO(() =>
        Buffer.from(Buffer.from(deps.randomBytes(source.bytes)()).toString('hex')),
      )
    case 'Literal':
      return TE.right(Buffer.from(source.text))
  }
}

const issue =
  (deps: FillDeps, target: ObjectRef): Issued =>
  ({ request, ...sources }) =>
    pipe(
      material(deps, target, sources),
      TE.flatMap((given) =>
        pipe(
          deps.issue(request, given),
          TE.mapLeft((problem): ApplyError => ({ _tag: 'NotIssued', ref: target, problem })),
        ),
      ),
    )

const material = (
  deps: FillDeps,
  target: ObjectRef,
  { key, authority }: Pick<IssuedValue, 'key' | 'authority'>,
): TE.TaskEither<ApplyError, IssueMaterial> => {
  const text = (value: CopiedValue) => textOf(deps, target, value)
  return pipe(
    TE.Do,
    TE.bindW('own', () => (key === undefined ? TE.right({}) : TE.map(keyed)(text(key)))),
    TE.bindW('signer', () =>
      authority === undefined
        ? TE.right({})
        : pipe(
            TE.Do,
            TE.apSW('certificate', text(authority.certificate)),
            TE.apSW('key', text(authority.key)),
            TE.map((pair) => ({ authority: pair })),
          ),
    ),
    TE.map(({ own, signer }) => ({ ...own, ...signer })),
  )
}

const keyed = (key: string) => ({ key })

/** Both parts of one request are of one issue. */
const issuingOnce = (make: Issued): Issued => {
  const known = new Map<string, Promise<E.Either<ApplyError, IssuedPair>>>()
  return (value) => () => {
    const key = JSON.stringify(value.request)
    const before = known.get(key)
    if (before !== undefined) return before
    const issuing = make(value)()
    known.set(key, issuing)
    return issuing
  }
}

type FilledValue = { readonly fill: Fill; readonly bytes: Buffer }

const encoded = ({ fill, bytes }: FilledValue): string =>
  bytes.toString(fill.encoding === 'base64' ? 'base64' : 'utf8')

const withValues = (object: KubeObject, values: ReadonlyArray<FilledValue>): KubeObject => {
  const filled = values.reduce<JsonObject>(
    (partly, value) => withValueAt(partly, value.fill.path, encoded(value)),
    object,
  )
  // Fills never touch the identity of an object; if one did, the API server would refuse the digest.
  return isKubeObject(filled) ? filled : object
}

const secretTexts = ({ fill, bytes }: FilledValue): ReadonlyArray<string> =>
  fill.source._tag === 'Literal' ? [] : [bytes.toString('utf8'), bytes.toString('base64')]

/** The object as it is to be written: every value fetched, checked against its digest and put in its place. */
export const filledObject =
  (deps: FillDeps) =>
  ({ object, fills }: DesiredObject): TE.TaskEither<ApplyError, FilledObject> =>
    pipe(
      TE.fromIO(() => ({ ...deps, issued: issuingOnce(issue(deps, refOf(object))) })),
      TE.flatMap((once) =>
        pipe(
          fills,
          TE.traverseSeqArray((fill) =>
            pipe(
              valueOf(once, refOf(object), fill.source),
              TE.map((bytes): FilledValue => ({ fill, bytes })),
            ),
          ),
        ),
      ),
      TE.map((values) => ({
        object: withValues(object, values),
        values: pipe(values, RA.flatMap(secretTexts)),
      })),
    )

/** Reads every object once, however many values come from it. */
export const readingOnce = (read: ReadSource, key: (ref: ObjectRef) => string): ReadSource => {
  const known = new Map<string, Promise<E.Either<ApplyError, O.Option<KubeObject>>>>()
  return (ref) => () => {
    const before = known.get(key(ref))
    if (before !== undefined) return before
    const reading = read(ref)()
    known.set(key(ref), reading)
    return reading
  }
}

const shown = (value: Json): string => JSON.stringify(value).slice(1, -1)

/** The message of an error without any of the values: the API server likes to quote what it refuses. */
export const withoutValues =
  (values: ReadonlyArray<string>) =>
  (error: ApplyError): ApplyError =>
    'message' in error
      ? {
          ...error,
          message: values
            .filter((value) => value.length > 0)
            .flatMap((value) => [value, shown(value)])
            .reduce((message, value) => message.replaceAll(value, '[redacted]'), error.message),
        }
      : error
