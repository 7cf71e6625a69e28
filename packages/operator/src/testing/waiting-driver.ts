import type { StorageErrand } from '@image-registry-operator/apply'
import type { StorageError, StorageTarget } from '@image-registry-operator/render/model'
import type {
  DriverFor,
  ObserveScope,
  OnProgress,
  Seen,
  StepOutcome,
  StorageAccess,
  StorageDriver,
} from '@image-registry-operator/storage-drivers'
import * as E from 'fp-ts/Either'

/** A question to a driver that a test answers when it likes. */
type Question<Asked, Answer> = Asked & {
  readonly access: StorageAccess
  readonly answer: (answer: Answer) => void
  readonly fail: (cause: unknown) => void
}

type Look = Question<{ readonly scope: ObserveScope }, E.Either<StorageError, Seen>>
type Ensuring = Question<{ readonly onProgress: OnProgress }, ReadonlyArray<StepOutcome>>
type Removing = Question<{ readonly onProgress: OnProgress }, E.Either<StorageError, void>>

/** A driver that waits for a test, and the questions to it so far. */
export type WaitingDriver = {
  readonly driverFor: DriverFor
  readonly looks: ReadonlyArray<Look>
  readonly ensurings: ReadonlyArray<Ensuring>
  readonly removings: ReadonlyArray<Removing>
}

/** One that has not been asked anything. */
export const waitingDriver = (): WaitingDriver => {
  const looks: Look[] = []
  const ensurings: Ensuring[] = []
  const removings: Removing[] = []
  const driver: StorageDriver = {
    observe: (access, scope) => () =>
      new Promise((answer, fail) => looks.push({ access, scope, answer, fail })),
    ensure: (access, _steps, onProgress) => () =>
      new Promise((answer, fail) => ensurings.push({ access, onProgress, answer, fail })),
    remove: (access, _parts, onProgress) => () =>
      new Promise((answer, fail) => removings.push({ access, onProgress, answer, fail })),
  }
  return { driverFor: () => async () => driver, looks, ensurings, removings }
}

const SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  namespace: 'openshift-image-registry',
  name: 'credentials',
}

/** A bucket whose credentials have that digest; what cannot be told from the outside is always the same. */
export const someTarget = (bucket: string, digest = 'sha256:first'): StorageTarget => ({
  backend: 'S3',
  place: `s3/${bucket}`,
  connection: {
    _tag: 'S3',
    region: 'eu-central-1',
    endpoint: '',
    pathStyle: false,
    dualStack: false,
    stsEndpoint: '',
  },
  credentials: {
    form: 'keys',
    values: { secret: { _tag: 'CopyOf', ref: SECRET, path: ['data', 'secret'], digest } },
  },
  authorities: { pem: '', isOnly: false },
  proxy: { http: '', https: '', noProxy: '' },
  parts: [
    {
      kind: 'bucket',
      name: bucket,
      marks: { mark: 'ours' },
      formerMarks: {},
      isGeneratedName: true,
      settings: [{ name: 'Tagged', wanted: { a: 'b' } }],
      holdsImages: true,
    },
  ],
})

const STORAGE_REF = { apiVersion: 'image-registry-operator/v1', kind: 'Storage', name: 'cluster' }

/** Has a target made. */
export const making = (target: StorageTarget): StorageErrand => ({
  _tag: 'EnsureStorage',
  ref: STORAGE_REF,
  target,
  steps: [{ _tag: 'Create', part: 'bucket' }],
})

/** Has a target removed. */
export const removing = (target: StorageTarget): StorageErrand => ({
  _tag: 'RemoveStorage',
  ref: STORAGE_REF,
  target,
  parts: [{ part: 'bucket', marks: { mark: 'ours' } }],
  because: 'spec.managementState is Removed',
})

/** A failure of S3. */
export const storageFailure = (
  tag: Exclude<StorageError['_tag'], 'StorageThrottled'>,
): StorageError => ({
  _tag: tag,
  backend: 'S3',
  operation: 'Do',
  code: '400',
  message: 'no',
})

/** A bucket that is there, or not. */
export const bucketSeen = (isThere: boolean, keys: Seen['keys'] = {}): E.Either<never, Seen> =>
  E.right({
    sight: {
      parts: {
        bucket: isThere
          ? { _tag: 'Present', marks: { mark: 'ours' }, settings: {}, details: {} }
          : { _tag: 'Absent' },
      },
    },
    keys,
  })
