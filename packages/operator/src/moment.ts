import { type KubeObject, names } from '@image-registry-operator/render/model'

import { rfc3339 } from './rfc3339'

/** The time of a look at the cluster, as it stands in a snapshot: what expires is renewed by it. */
export const moment = (ms: number): KubeObject => ({
  apiVersion: names.SEEN_API_VERSION,
  kind: 'Moment',
  metadata: { name: 'now' },
  time: rfc3339(ms),
})
