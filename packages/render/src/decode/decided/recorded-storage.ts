import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'

import { isJsonObject, type KubeObject, type Storage } from '../../model'
import { decodeAt } from '../../schema/problems'

import { chosenStorage } from '../storage/chosen-storage'
import { REPORTED_STORAGE } from '../codecs/config/storage'

/** Where images were when the status of a Config was last written, as far as that can be read. */
export const recordedStorage = ({ status }: KubeObject): { readonly recordedStorage?: Storage } =>
  pipe(
    decodeAt(REPORTED_STORAGE, 'status.storage', isJsonObject(status) ? status['storage'] : {}),
    E.flatMap((storage) =>
      pipe(
        chosenStorage(storage),
        E.mapLeft(() => []),
      ),
    ),
    O.fromEither,
    O.match(
      () => ({}),
      (storage) => ({ recordedStorage: storage }),
    ),
  )
