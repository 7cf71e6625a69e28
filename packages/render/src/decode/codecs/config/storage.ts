import { optionalObject } from '../../../schema/object'
import { patternChoice, shapedString, string } from '../../../schema/string'

import { AZURE } from './azure'
import { OSS, REPORTED_OSS } from './oss'
import { S3 } from './s3'

const GCS = optionalObject('Keep images in a Google Cloud Storage bucket.', {
  bucket: string('Name of the bucket. Empty: the operator makes one and writes its name here.'),
  keyID: string('Identity of the KMS key to encrypt with. Empty: the default of the service.'),
  projectID: string('Project of the bucket. Empty: that of the cluster.'),
  region: string('Region of the bucket. Empty: that of the cluster.'),
})

const SWIFT = optionalObject('Keep images in an OpenStack Swift container.', {
  authURL: string('Address of the identity service.'),
  authVersion: string('Version of the identity service: 1, 2 or 3.'),
  container: string(
    'Name of the container. Empty: the operator makes one and writes its name here.',
  ),
  domain: string('Name of the domain, for version 3.'),
  domainID: string('Identity of the domain, for version 3.'),
  regionName: string('Region of the container.'),
  tenant: string('Name of the tenant.'),
  tenantID: string('Identity of the tenant.'),
})

const IBMCOS = optionalObject('Keep images in an IBM Cloud Object Storage bucket.', {
  bucket: string('Name of the bucket. Empty: the operator makes one and writes its name here.'),
  location: string('Location of the bucket. Empty: that of the cluster.'),
  resourceGroupName: string('Resource group of the service instance.'),
  resourceKeyCRN: shapedString('Cloud resource name of the credentials.', {
    pattern: '^crn:.+:.+:.+:cloud-object-storage:.+:.+:.+:resource-key:.+$',
    inWords: 'the cloud resource name (crn:…) of a resource key of Cloud Object Storage',
  }),
  serviceInstanceCRN: shapedString('Cloud resource name of the service instance.', {
    pattern: '^crn:.+:.+:.+:cloud-object-storage:.+:.+:.+::$',
    inWords: 'the cloud resource name (crn:…::) of an instance of Cloud Object Storage',
  }),
})

const storageOf = (description: string, oss: typeof OSS) =>
  optionalObject(description, {
    azure: AZURE,
    emptyDir: optionalObject(
      'Keep images on the node, in a folder that goes with the pod. Good for trying things out.',
      {},
    ),
    gcs: GCS,
    ibmcos: IBMCOS,
    managementState: patternChoice(
      'Who owns the storage. Managed: the operator, which deletes it with the registry. Unmanaged: you.',
      ['Managed', 'Unmanaged'],
    ),
    oss,
    pvc: optionalObject('Keep images on a volume of the cluster.', {
      claim: string(
        'Name of a PersistentVolumeClaim in the namespace openshift-image-registry. Empty: the operator makes one of 100Gi, named image-registry-storage.',
      ),
    }),
    s3: S3,
    swift: SWIFT,
  })

/** Where images are to be kept. */
export const STORAGE = storageOf('Where images are kept. Exactly one kind has to be set.', OSS)

/** Where images are kept, as reported. */
export const REPORTED_STORAGE = storageOf('Where images are kept at the moment.', REPORTED_OSS)
