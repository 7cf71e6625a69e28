import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import {
  type ClusterFacts,
  type Config,
  type ProxySettings,
  type RenderProblem,
  type Storage,
  storagePlace,
  type StorageTarget,
} from '../../model'
import { storageAuthorities } from '../certificates/storage-authorities'
import { azureTarget } from './azure-target'
import { gcsTarget } from './gcs-target'
import { ibmCosTarget } from './ibm-cos-target'
import type { PartialTarget } from './partial-target'
import { s3Target } from './s3-target'
import { swiftTarget } from './swift-target'

/** The storage outside of the cluster; undefined where there is none, a problem where it cannot be said. */
export const storageTarget = (
  config: Pick<Config, 'storage' | 'proxy' | 'uid'>,
  facts: ClusterFacts,
): E.Either<RenderProblem, StorageTarget | undefined> => {
  const { storage, proxy, uid } = config
  const partial = partialTarget(storage, uid, facts)
  return partial === undefined
    ? E.right(undefined)
    : pipe(
        storageAuthorities(config, facts),
        E.flatMap((pem) =>
          pipe(
            partial,
            E.map((target) => ({
              ...target,
              place: storagePlace(storage) ?? '',
              authorities: { pem, isOnly: isOnly(storage) },
              proxy: effectiveProxy(proxy, facts),
            })),
          ),
        ),
      )
}

const partialTarget = (
  storage: Storage,
  configUid: string,
  facts: ClusterFacts,
): E.Either<RenderProblem, PartialTarget> | undefined => {
  switch (storage._tag) {
    case 'EmptyDir':
    case 'Pvc':
      return undefined
    case 'S3':
      return s3Target(storage, configUid, facts)
    case 'Gcs':
      return gcsTarget(storage, configUid, facts)
    case 'Azure':
      return azureTarget(storage, configUid, facts)
    case 'Swift':
      return swiftTarget(storage, configUid, facts)
    case 'IbmCos':
      return ibmCosTarget(storage, configUid, facts)
  }
}

/** Whom the user names is trusted, and nobody else; a cloud's own authorities come beside everybody's. */
const isOnly = (storage: Storage): boolean => storage._tag === 'S3' && storage.trustedCa !== ''

/** As the registry's pods get it: each field on its own. */
const effectiveProxy = (proxy: ProxySettings, { clusterProxy }: ClusterFacts): ProxySettings => ({
  http: proxy.http === '' ? clusterProxy.http : proxy.http,
  https: proxy.https === '' ? clusterProxy.https : proxy.https,
  noProxy: proxy.noProxy === '' ? clusterProxy.noProxy : proxy.noProxy,
})
