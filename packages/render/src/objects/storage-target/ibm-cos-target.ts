import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import {
  type ClusterFacts,
  cloudOf,
  type IbmCosStorage,
  type RenderProblem,
  type StoragePart,
} from '../../model'
import { hasGeneratedForm } from '../../storage/generated-names'
import { formerMarks, ownMarks, type Owner } from '../../storage/marks'
import { provisioned } from '../storage/provisioned'
import { ibmCosCredentials } from './credentials'
import { endpointOf, infrastructureOf, owner } from './owner'
import type { PartialTarget } from './partial-target'

const UPLOAD_DAYS = 1

const orElse = (text: string, otherwise: string): string => (text === '' ? otherwise : text)

/** A bucket of IBM Cloud Object Storage, with the instance of the service and the key that it needs. */
export const ibmCosTarget = (
  storage: IbmCosStorage,
  configUid: string,
  facts: ClusterFacts,
): E.Either<RenderProblem, PartialTarget> => {
  const cloud = cloudOf('IbmCos', infrastructureOf(facts))
  const { region = '', resourceGroup = '', storageEndpoint = '' } = cloud
  const location = orElse(storage.location, region)
  return pipe(
    provisioned('ibmcos', { bucket: storage.bucket, location }),
    E.flatMap(() => ibmCosCredentials(facts)),
    E.map((credentials) => ({
      backend: 'IbmCos',
      connection: {
        _tag: 'IbmCos',
        location,
        cosEndpoint: orElse(
          storageEndpoint,
          `https://s3.${location}.cloud-object-storage.appdomain.cloud`,
        ),
        iamEndpoint: orElse(endpointOf(facts, 'IAM'), 'https://iam.cloud.ibm.com'),
        resourceControllerEndpoint: orElse(
          endpointOf(facts, 'ResourceController'),
          'https://resource-controller.cloud.ibm.com',
        ),
        resourceManagerEndpoint: orElse(
          endpointOf(facts, 'ResourceManager'),
          'https://resource-controller.cloud.ibm.com/v2',
        ),
        resourceGroup: orElse(storage.resourceGroup, resourceGroup),
        serviceInstanceCrn: storage.serviceInstanceCrn,
        resourceKeyCrn: storage.resourceKeyCrn,
      },
      credentials,
      parts:
        credentials.form === 'keys'
          ? [bucket(storage, location, owner(configUid, facts))]
          : parts(storage, location, owner(configUid, facts)),
    })),
  )
}

const nameOf = ({ infrastructureName }: Owner): string =>
  [infrastructureName, 'image-registry'].filter((part) => part !== '').join('-')

const parts = (
  storage: IbmCosStorage,
  location: string,
  whose: Owner,
): ReadonlyArray<StoragePart> => [
  ...(['service-instance', 'resource-key'] as const).map((kind): StoragePart => ({
    kind,
    name: nameOf(whose),
    marks: ownMarks('IbmCos', kind, whose),
    formerMarks: formerMarks('IbmCos', kind, whose),
    isGeneratedName: whose.infrastructureName !== '',
    settings: [],
    holdsImages: false,
  })),
  bucket(storage, location, whose),
]

const bucket = ({ bucket: name }: IbmCosStorage, location: string, whose: Owner): StoragePart => ({
  kind: 'bucket',
  name,
  marks: ownMarks('IbmCos', 'bucket', whose),
  formerMarks: formerMarks('IbmCos', 'bucket', whose),
  isGeneratedName: hasGeneratedForm(name, whose.infrastructureName, location),
  settings: [{ name: 'IncompleteUploadCleanupEnabled', wanted: [{ days: UPLOAD_DAYS }] }],
  holdsImages: true,
})
