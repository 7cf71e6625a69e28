import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import * as RA from 'fp-ts/ReadonlyArray'

import { groupOf, names, type KubeObject, type StorageKnown } from '../../model'

import { storageSeen } from '../codecs/foreign/storage-seen-codec'
import { ofKind } from '../readings'

const NOBODY: StorageKnown = { _tag: 'Nobody' }
/** What cannot be read was written by somebody who looks, so nothing may be taken for gone. */
const AWAITED: StorageKnown = { _tag: 'Awaited' }

/** What is known of the storage outside of the cluster: what a driver has put into the snapshot. */
export const storageKnown = (objects: ReadonlyArray<KubeObject>): StorageKnown =>
  pipe(
    ofKind(objects, groupOf(names.SEEN_API_VERSION), 'Storage'),
    RA.head,
    O.match(
      () => NOBODY,
      (object) => storageSeen(object) ?? AWAITED,
    ),
  )
