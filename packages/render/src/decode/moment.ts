import { groupOf, type KubeObject, names } from '../model'

import { ofKind } from './readings'

/** When the cluster was looked at, as whoever looked has put it into the snapshot; undefined where nobody has. */
export const moment = (objects: ReadonlyArray<KubeObject>): string | undefined => {
  const time = ofKind(objects, groupOf(names.SEEN_API_VERSION), 'Moment')[0]?.['time']
  return typeof time === 'string' && !Number.isNaN(Date.parse(time)) ? time : undefined
}
