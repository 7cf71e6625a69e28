import type {
  JsonObject,
  StorageContents,
  StorageError,
  StoragePart,
  StorageSetting,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type * as TE from 'fp-ts/TaskEither'

import type { PartDriver, PartFound } from '../backend'
import { containerCreation } from './container-creation'
import { containerEmptying } from './container-emptying'
import { knownNames, metadataHeaders, metadataOf, textsOf } from './container-metadata'
import { containerPath } from './container-path'
import type { SwiftAccount } from './swift-account'
import { type SwiftAnswer, swiftError, unreadable } from './swift-error'

const counter = ({ headers }: SwiftAnswer, name: string): number | undefined => {
  const value = String(headers[name] ?? '')
  return /^\d+$/.test(value) ? Number(value) : undefined
}

const objectsIn = (answer: SwiftAnswer): number | undefined =>
  counter(answer, 'x-container-object-count')

/** Where versions of its objects are kept, which is not removed along with it. */
const details = ({ headers }: SwiftAnswer): JsonObject => {
  const history = headers['x-versions-location'] ?? headers['x-history-location']
  return history === undefined ? {} : { history: String(history) }
}

const found = (answer: SwiftAnswer, part: StoragePart): PartFound => {
  if (answer.code === 404) return { _tag: 'Absent' }
  const metadata = metadataOf(answer.headers, knownNames(part))
  const objects = objectsIn(answer)
  // Versions that are not the latest do not count as objects.
  const isKnown = objects !== undefined && answer.headers['x-versions-enabled'] === undefined
  return {
    _tag: 'Present',
    marks: metadata,
    ...(isKnown ? { isEmpty: objects === 0 } : {}),
    settings: { Tagged: { _tag: 'Found', value: metadata } },
    details: details(answer),
  }
}

const contentsOf = (answer: SwiftAnswer): StorageContents | undefined => {
  const [objects, bytes] = [objectsIn(answer), counter(answer, 'x-container-bytes-used')]
  return objects === undefined || bytes === undefined
    ? undefined
    : { objects, bytes, isWhole: true }
}

const NO_COUNTERS = 'the container does not say how much is in it'

const seen = (account: SwiftAccount, part: StoragePart): TE.TaskEither<StorageError, PartFound> =>
  account.ask({
    operation: 'HEAD container',
    method: 'HEAD',
    path: containerPath(part.name),
    accepted: [404],
    read: (answer) => E.right(found(answer, part)),
  })

const posted = (
  account: SwiftAccount,
  part: StoragePart,
  metadata: StoragePart['marks'],
): TE.TaskEither<StorageError, void> =>
  account.ask({
    operation: 'POST container',
    method: 'POST',
    path: containerPath(part.name),
    headers: metadataHeaders(metadata),
    read: () => E.right(undefined),
  })

const unsupported = ({ name }: StorageSetting): StorageError =>
  swiftError('Unsupported', `set ${name}`, `containers of Swift do not have the setting ${name}`)

/** A container of Swift, or of what speaks its language. */
export const containerPart = (account: SwiftAccount, part: StoragePart): PartDriver => ({
  kind: 'container',
  reads: [{ tells: ['Tagged'], read: seen(account, part) }],
  create: containerCreation({ account, part, look: seen(account, part) }),
  mark: posted(account, part, part.marks),
  // Metadata that is not named stays as it is, so there is nothing to read before.
  set: (setting) =>
    setting.name === 'Tagged'
      ? posted(account, part, textsOf(setting.wanted))
      : async () => E.left(unsupported(setting)),
  empty: containerEmptying(account, part.name),
  contents: account.ask({
    operation: 'HEAD container',
    method: 'HEAD',
    path: containerPath(part.name),
    read: (answer) => E.fromNullable(unreadable(NO_COUNTERS))(contentsOf(answer)),
  }),
  remove: account.ask({
    operation: 'DELETE container',
    method: 'DELETE',
    path: containerPath(part.name),
    accepted: [404],
    read: () => E.right(undefined),
  }),
})
