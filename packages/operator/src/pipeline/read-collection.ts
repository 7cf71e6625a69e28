import type { KubeClient } from '@image-registry-operator/apply'
import { collectionLog } from '@image-registry-operator/render'
import {
  names,
  objectsOf,
  refOf,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

/** Why a log has not been read, for people. */
export type CollectionError = { readonly _tag: 'LogNotRead' }

/** More than nodes keep of a log. */
const LIMIT_BYTES = 16 * 1024 * 1024

const PODS = {
  apiVersion: 'v1',
  kind: 'Pod',
  plural: 'pods',
  namespace: names.REGISTRY_NAMESPACE,
} as const

const isOf =
  (uid: string) =>
  ({ metadata }: KubeObject): boolean =>
    objectsOf(metadata['ownerReferences']).some((owner) => owner['uid'] === uid)

const asObject = (uid: string, status: JsonObject): KubeObject => ({
  apiVersion: names.SEEN_API_VERSION,
  kind: 'Collection',
  metadata: { name: uid },
  status,
})

const notRead = (): CollectionError => ({ _tag: 'LogNotRead' })

/**
 * What the log of a Job of the clean-up says, in the form that decoding expects: without numbers where it says none, or where
 * the pod has gone before it was read.
 */
export const readCollection =
  (client: Pick<KubeClient, 'list' | 'readLog'>) =>
  (uid: string): TE.TaskEither<CollectionError, KubeObject> =>
    pipe(
      client.list(PODS),
      TE.flatMap(({ items }) => {
        const pod = items.find(isOf(uid))
        return pod === undefined
          ? TE.right('')
          : client.readLog({
              pod: refOf(pod),
              container: names.PRUNER_NAME,
              limitBytes: LIMIT_BYTES,
            })
      }),
      TE.bimap(notRead, (log) => asObject(uid, { ...collectionLog(log) })),
    )
