import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import type { ClusterFacts, RenderProblem, StoragePart, SwiftStorage } from '../../model'
import { hasGeneratedForm } from '../../storage/generated-names'
import { clusterMarks, formerMarks, ownMarks, type Owner } from '../../storage/marks'
import { provisioned } from '../storage/provisioned'
import { swiftCredentials } from './credentials'
import { infrastructureOf, owner } from './owner'
import type { PartialTarget } from './partial-target'

/** What the installers of OpenShift call the cloud where the cluster does not say. */
const DEFAULT_CLOUD = 'openstack'

/** A container of Swift: where it is, who asks, and how it should be. */
export const swiftTarget = (
  storage: SwiftStorage,
  configUid: string,
  facts: ClusterFacts,
): E.Either<RenderProblem, PartialTarget> =>
  pipe(
    provisioned('swift', { container: storage.container }),
    E.flatMap(() => swiftCredentials(facts)),
    E.flatMap((credentials) =>
      pipe(
        // A clouds.yaml says where its cloud is.
        credentials.form === 'clouds'
          ? E.right(undefined)
          : provisioned('swift', { authURL: storage.authUrl }),
        E.map(() => ({
          backend: 'Swift',
          connection: {
            _tag: 'Swift',
            authUrl: storage.authUrl,
            authVersion: storage.asSpecified['authVersion'] === undefined ? 0 : storage.authVersion,
            domain: storage.domain,
            domainId: storage.domainId,
            tenant: storage.tenant,
            tenantId: storage.tenantId,
            region: storage.regionName,
            cloud: infrastructureOf(facts).cloudsEntry ?? DEFAULT_CLOUD,
          },
          credentials,
          parts: [container(storage, owner(configUid, facts))],
        })),
      ),
    ),
  )

const container = ({ container: name }: SwiftStorage, whose: Owner): StoragePart => {
  const marks = ownMarks('Swift', 'container', whose)
  return {
    kind: 'container',
    name,
    marks,
    formerMarks: formerMarks('Swift', 'container', whose),
    isGeneratedName: hasGeneratedForm(name, whose.infrastructureName, ''),
    settings: [
      {
        name: 'Tagged',
        wanted: { ...clusterMarks('Swift', 'container', whose), name, ...marks },
      },
    ],
    holdsImages: true,
  }
}
