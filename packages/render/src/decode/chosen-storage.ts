import * as E from 'fp-ts/Either'

import { names, type Problem, type Storage } from '../model'
import { showValue } from '../schema/show-value'

import type { ConfigSpec } from './config/config-spec'
import { DNS_NAME, isDnsName } from './dns-name'

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

const wrong = (...problems: ReadonlyArray<Problem>): E.Either<StorageRefusal, never> =>
  E.left({ _tag: 'Wrong', problems })

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

const notYet = (backend: Backend): Problem => ({
  path: `spec.storage.${backend}`,
  message: 'this version deploys onto emptyDir and pvc only',
  remedy: 'use spec.storage.emptyDir or spec.storage.pvc instead',
})

const claimed = (claim: string): E.Either<StorageRefusal, Storage> => {
  if (claim === '') {
    return E.right({ _tag: 'Pvc', claim: names.DEFAULT_CLAIM_NAME, origin: 'default' })
  }
  return isDnsName(claim)
    ? E.right({ _tag: 'Pvc', claim, origin: 'named' })
    : wrong({
        path: 'spec.storage.pvc.claim',
        message: `must be the name of a PersistentVolumeClaim (${DNS_NAME}), got ${showValue(claim)}`,
        remedy: 'correct the name, or remove it to have a claim made',
      })
}

const single = (storage: StorageSpec, backend: Backend): E.Either<StorageRefusal, Storage> => {
  if (backend === 'emptyDir') return E.right({ _tag: 'EmptyDir' })
  return backend === 'pvc' ? claimed(storage.pvc?.claim ?? '') : wrong(notYet(backend))
}

/** Where images are to be kept: the one backend that is set. */
export const chosenStorage = (storage: StorageSpec = {}): E.Either<StorageRefusal, Storage> => {
  const chosen = BACKENDS.filter(([backend]) => storage[backend] !== undefined)
  const [first, second] = chosen
  const problems = [
    ...(storage.oss === undefined ? [] : [OSS_PROBLEM]),
    ...(second === undefined ? [] : [tooMany(chosen.map(([, label]) => label))]),
  ]
  if (problems.length > 0) return wrong(...problems)
  return first === undefined ? E.left({ _tag: 'None' }) : single(storage, first[0])
}
