import * as E from 'fp-ts/Either'

import { names, type Problem, type Storage } from '../../model'
import { showValue } from '../../schema/show-value'

import { azureStorage, gcsStorage, ibmCosStorage, s3Storage, swiftStorage } from './cloud-storage'
import type { ConfigSpec } from '../codecs/config/config-spec'
import { DNS_NAME, isDnsName } from '../exposure/dns-name'

type StorageSpec = NonNullable<ConfigSpec['storage']>

/** Nothing is chosen at all; or what is wrong with the choice. */
type StorageRefusal =
  { readonly _tag: 'None' } | { readonly _tag: 'Wrong'; readonly problems: ReadonlyArray<Problem> }

/** The backends by the names that the original's messages give them, in its order. */
const BACKENDS = [
  ['emptyDir', 'EmptyDir'],
  ['s3', 'S3'],
  ['swift', 'Swift'],
  ['gcs', 'GCS'],
  ['ibmcos', 'IBMCOS'],
  ['pvc', 'PVC'],
  ['azure', 'Azure'],
] as const

type Backend = (typeof BACKENDS)[number][0]

/** The fields of `spec.storage` that choose where images are kept. */
export const BACKEND_NAMES: ReadonlyArray<string> = [...BACKENDS.map(([name]) => name), 'oss']

const refusal = (problems: ReadonlyArray<Problem>): StorageRefusal => ({ _tag: 'Wrong', problems })

const OSS_PROBLEM: Problem = {
  path: 'spec.storage.oss',
  message: 'Alibaba Cloud storage is not supported any more',
  remedy: 'remove it and choose spec.storage.emptyDir or spec.storage.pvc',
}

const tooMany = (labels: ReadonlyArray<string>): Problem => ({
  path: 'spec.storage',
  message: `exactly one storage type should be configured at the same time, got ${labels.length}: [${labels.join(' ')}]`,
  remedy: 'keep the one where the images are, and remove the others',
})

const claimed = (claim: string): Checked => {
  if (claim === '') {
    return E.right({ _tag: 'Pvc', claim: names.DEFAULT_CLAIM_NAME, origin: 'default' })
  }
  return isDnsName(claim)
    ? E.right({ _tag: 'Pvc', claim, origin: 'named' })
    : E.left([
        {
          path: 'spec.storage.pvc.claim',
          message: `must be the name of a PersistentVolumeClaim (${DNS_NAME}), got ${showValue(claim)}`,
          remedy: 'correct the name, or remove it to have a claim made',
        },
      ])
}

type Checked = E.Either<ReadonlyArray<Problem>, Storage>

const single = (storage: StorageSpec, backend: Backend): Checked => {
  const { s3 = {}, swift = {}, gcs = {}, ibmcos = {}, pvc = {}, azure = {} } = storage
  switch (backend) {
    case 'emptyDir':
      return E.right({ _tag: 'EmptyDir' })
    case 's3':
      return s3Storage(s3)
    case 'swift':
      return swiftStorage(swift)
    case 'gcs':
      return gcsStorage(gcs)
    case 'ibmcos':
      return ibmCosStorage(ibmcos)
    case 'pvc':
      return claimed(pvc.claim ?? '')
    case 'azure':
      return azureStorage(azure)
  }
}

/** Where images are to be kept: the one backend that is set. */
export const chosenStorage = (storage: StorageSpec = {}): E.Either<StorageRefusal, Storage> => {
  const chosen = BACKENDS.filter(([backend]) => storage[backend] !== undefined)
  const [first, second] = chosen
  const problems = [
    ...(storage.oss === undefined ? [] : [OSS_PROBLEM]),
    ...(second === undefined ? [] : [tooMany(chosen.map(([, label]) => label))]),
  ]
  if (problems.length > 0) return E.left(refusal(problems))
  return first === undefined
    ? E.left({ _tag: 'None' })
    : E.mapLeft((found: ReadonlyArray<Problem>) => refusal(found))(single(storage, first[0]))
}
