import type {
  IbmCosConnection,
  PartKind,
  StorageError,
  StoragePart,
  StorageTarget,
} from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'

import { ibmApi, type IbmApi } from './ibm-api'
import type { Applicant } from './iam-token'
import { type Remembered, remembered } from './remembered'
import { currentKey, type HmacKeys, type ResourceKey, usableKey } from './resource-key'
import { currentInstance, type ServiceInstance } from './service-instance'

/** Keys to sign with; none while there is no instance, or no key of it. */
export type Keys = TE.TaskEither<StorageError, O.Option<HmacKeys>>

/** What nobody has said anything of: it is only looked for, by the CRN that the connection has. */
const unnamedPart = (kind: PartKind): StoragePart => ({
  kind,
  name: '',
  marks: {},
  formerMarks: {},
  isGeneratedName: false,
  settings: [],
  holdsImages: false,
})

/** A part of the target, or one that has no name. */
export const partOf = ({ parts }: StorageTarget, kind: PartKind): StoragePart =>
  parts.find((part) => part.kind === kind) ?? unnamedPart(kind)

/** What the parts of one storage have to know of each other. */
export type Whereabouts = {
  readonly api: IbmApi
  readonly instance: Remembered<ServiceInstance>
  readonly key: Remembered<ResourceKey>
  readonly keys: Keys
}

/** Finds instance and key of a target when somebody needs them, and no earlier. */
export const whereabouts = (
  target: StorageTarget,
  connection: IbmCosConnection,
  applicant: Applicant,
): Whereabouts => {
  const api = ibmApi(applicant)
  const instance = remembered(
    currentInstance({ api, connection, part: partOf(target, 'service-instance') }),
  )
  const keyQuery = { api, connection, part: partOf(target, 'resource-key') }
  const none: TE.TaskEither<StorageError, O.Option<never>> = TE.right(O.none)
  const key = remembered(
    pipe(
      instance.last,
      TE.flatMap(
        O.match(
          () => none,
          (found) => currentKey(keyQuery, found),
        ),
      ),
    ),
  )
  const keys: Keys = pipe(
    TE.Do,
    TE.bindW('instance', () => instance.last),
    TE.bindW('key', () => key.last),
    TE.flatMap(({ instance: ofInstance, key: found }) =>
      O.isSome(ofInstance) && O.isSome(found)
        ? pipe(usableKey(found.value, ofInstance.value), TE.map(O.some))
        : none,
    ),
  )
  return { api, instance, key, keys }
}
