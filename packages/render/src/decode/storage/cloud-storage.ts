import * as E from 'fp-ts/Either'

import {
  AZURE_CLOUDS,
  AZURE_STACK_CLOUD,
  type AzureStorage,
  type CloudFront,
  type GcsStorage,
  type IbmCosStorage,
  type Problem,
  type S3Storage,
  type SwiftStorage,
} from '../../model'
import { durationNs } from '../../schema/duration'
import { showValue } from '../../schema/show-value'

import { authUrl } from '../../storage/auth-url'
import type { ConfigSpec } from '../codecs/config/config-spec'

type Specified<Backend extends keyof StorageSpec> = NonNullable<StorageSpec[Backend]>
type StorageSpec = NonNullable<ConfigSpec['storage']>
type Checked<A> = E.Either<ReadonlyArray<Problem>, A>

const orProblems = <A>(value: A, problems: ReadonlyArray<Problem>): Checked<A> =>
  problems.length === 0 ? E.right(value) : E.left(problems)

const S3_DEFAULTS = {
  bucket: '',
  region: '',
  regionEndpoint: '',
  keyID: '',
  chunkSizeMiB: 0,
  encrypt: false,
  virtualHostedStyle: false,
}

/** A bucket of S3 as the Config describes it. */
export const s3Storage = (specified: Specified<'s3'>): Checked<S3Storage> => {
  const { trustedCA, cloudFront: delivery, keyID, ...rest } = { ...S3_DEFAULTS, ...specified }
  return orProblems(
    {
      ...rest,
      _tag: 'S3',
      keyId: keyID,
      trustedCa: trustedCA?.name ?? '',
      ...(delivery === undefined ? {} : { cloudFront: cloudFront(delivery) }),
      asSpecified: specified,
    },
    delivery?.privateKey.name === '' ? [NAMELESS_KEY] : [],
  )
}

const NAMELESS_KEY: Problem = {
  path: 'spec.storage.s3.cloudFront.privateKey.name',
  message: 'is missing',
  remedy: 'name the Secret in openshift-image-registry that holds the private key',
}

const cloudFront = ({
  baseURL,
  keypairID,
  privateKey,
  duration = '0',
}: NonNullable<Specified<'s3'>['cloudFront']>): CloudFront => ({
  baseUrl: baseURL,
  keypairId: keypairID,
  privateKey: { secret: privateKey.name ?? '', key: privateKey.key },
  durationNs: durationNs(duration) ?? 0n,
})

/** A bucket of Google Cloud Storage as the Config describes it. */
export const gcsStorage = (specified: Specified<'gcs'>): Checked<GcsStorage> =>
  E.right({
    _tag: 'Gcs',
    bucket: specified.bucket ?? '',
    region: specified.region ?? '',
    projectId: specified.projectID ?? '',
    keyId: specified.keyID ?? '',
    asSpecified: specified,
  })

/** A container of Azure as the Config describes it. */
export const azureStorage = (specified: Specified<'azure'>): Checked<AzureStorage> => {
  const cloudName = specified.cloudName ?? ''
  return orProblems(
    {
      _tag: 'Azure',
      accountName: specified.accountName ?? '',
      container: specified.container ?? '',
      cloudName,
      ...privateNetwork(specified),
      asSpecified: specified,
    },
    isKnownCloud(cloudName) ? [] : [unknownCloud(cloudName)],
  )
}

const privateNetwork = ({
  networkAccess: { type, internal = {} } = {},
}: Specified<'azure'>): Pick<AzureStorage, 'privateNetwork'> =>
  type !== 'Internal'
    ? {}
    : {
        privateNetwork: {
          endpointName: internal.privateEndpointName ?? '',
          resourceGroup: internal.networkResourceGroupName ?? '',
          vnet: internal.vnetName ?? '',
          subnet: internal.subnetName ?? '',
        },
      }

const isKnownCloud = (name: string): boolean =>
  ['', AZURE_STACK_CLOUD].includes(name.toUpperCase()) ||
  Object.hasOwn(AZURE_CLOUDS, name.toUpperCase())

const unknownCloud = (name: string): Problem => ({
  path: 'spec.storage.azure.cloudName',
  message: `there is no Azure cloud of the name ${showValue(name)}`,
  remedy:
    'set it to AzurePublicCloud, AzureUSGovernmentCloud, AzureChinaCloud, AzureGermanCloud or AzureStackCloud, or remove it',
})

const DEFAULT_AUTH_VERSION = 3

const SWIFT_DEFAULTS = {
  authURL: '',
  authVersion: '',
  container: '',
  domain: '',
  domainID: '',
  tenant: '',
  tenantID: '',
  regionName: '',
}

/** A container of Swift as the Config describes it. */
export const swiftStorage = (specified: Specified<'swift'>): Checked<SwiftStorage> => {
  const { authURL, authVersion, domainID, tenantID, ...rest } = { ...SWIFT_DEFAULTS, ...specified }
  const isVersion = /^[0-9]{0,3}$/.test(authVersion)
  const version = isVersion ? Number(authVersion) || DEFAULT_AUTH_VERSION : DEFAULT_AUTH_VERSION
  const url = authURL === '' ? '' : authUrl(authURL, version)
  return orProblems(
    {
      ...rest,
      _tag: 'Swift',
      authUrl: url ?? '',
      authVersion: version,
      domainId: domainID,
      tenantId: tenantID,
      asSpecified: specified,
    },
    [
      ...(isVersion ? [] : [wrongVersion(authVersion)]),
      ...(url === undefined ? [wrongUrl(authURL)] : []),
    ],
  )
}

const wrongVersion = (version: string): Problem => ({
  path: 'spec.storage.swift.authVersion',
  message: `unable to parse authVersion: must be a number, got ${showValue(version)}`,
  remedy: 'set it to 1, 2 or 3, or remove it',
})

const wrongUrl = (url: string): Problem => ({
  path: 'spec.storage.swift.authURL',
  message: `Incorrect Auth URL: must be the address of an identity service, got ${showValue(url)}`,
  remedy: 'set it to something like https://keystone.example.com:5000/v3',
})

/** A bucket of IBM Cloud as the Config describes it. */
export const ibmCosStorage = (specified: Specified<'ibmcos'>): Checked<IbmCosStorage> =>
  E.right({
    _tag: 'IbmCos',
    bucket: specified.bucket ?? '',
    location: specified.location ?? '',
    resourceGroup: specified.resourceGroupName ?? '',
    serviceInstanceCrn: specified.serviceInstanceCRN ?? '',
    resourceKeyCrn: specified.resourceKeyCRN ?? '',
    asSpecified: specified,
  })
