import * as E from 'fp-ts/Either'

import type { ClusterFacts, Config, RenderProblem } from '../../model'
import { azure } from './azure'
import type { Contribution } from './contribution'
import { filesystem } from './filesystem'
import { gcs } from './gcs'
import { ibmCos } from './ibm-cos'
import { s3 } from './s3'
import { swift } from './swift'

/** What the storage of a registry adds to its objects, or why that cannot be said. */
export const storageContribution = (
  { storage }: Pick<Config, 'storage'>,
  facts: ClusterFacts,
): E.Either<RenderProblem, Contribution> => {
  switch (storage._tag) {
    case 'EmptyDir':
      return E.right(filesystem({ emptyDir: {} }))
    case 'Pvc':
      return E.right(filesystem({ persistentVolumeClaim: { claimName: storage.claim } }))
    case 'S3':
      return s3(storage, facts)
    case 'Gcs':
      return gcs(storage, facts)
    case 'Azure':
      return azure(storage, facts)
    case 'Swift':
      return swift(storage, facts)
    case 'IbmCos':
      return ibmCos(storage, facts)
  }
}
