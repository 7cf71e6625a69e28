import { isDistributionSince, type RegistryBuild, type S3Storage } from '../../model'
import { scalarVariable, variable, type Variables } from '../deployment/variable'
import { cloudFrontVariables } from './cloud-front'
import { CREDENTIALS_PATH } from './s3-credentials-file'
import { commonRegionEndpoint } from './s3-region-endpoint'

const BYTES_PER_MIB = 1_048_576

/** What a registry is told of its bucket. */
export const s3Variables = (storage: S3Storage, build: RegistryBuild): Variables =>
  build._tag === 'OpenShift' ? ofOpenShift(storage) : ofDistribution(storage, build)

const ofOpenShift = (storage: S3Storage): Variables => [
  ...whenSet('REGISTRY_STORAGE_S3_REGIONENDPOINT', storage.regionEndpoint),
  ...whenSet('REGISTRY_STORAGE_S3_KEYID', storage.keyId),
  ...whenSet('REGISTRY_STORAGE_S3_CHUNKSIZE', storage.chunkSizeMiB * BYTES_PER_MIB),
  ...bucketVariables(storage),
  scalarVariable('REGISTRY_STORAGE_S3_FORCEPATHSTYLE', !storage.virtualHostedStyle),
  scalarVariable('REGISTRY_STORAGE_S3_CREDENTIALSCONFIGPATH', CREDENTIALS_PATH),
  ...(isDualStack(storage) ? [DUAL_STACK] : []),
  ...cloudFrontVariables(storage),
]

/** It has no variable for a file of credentials; but its library finds one. */
const ofDistribution = (storage: S3Storage, build: RegistryBuild): Variables => {
  const { regionEndpoint, virtualHostedStyle } = storage
  const knowsStyles = isDistributionSince(build, [3, 0])
  return [
    ...whenSet(
      'REGISTRY_STORAGE_S3_REGIONENDPOINT',
      regionEndpoint === '' ? commonRegionEndpoint(storage.region) : regionEndpoint,
    ),
    // S3 refuses a key where nothing is to be encrypted with it.
    ...whenSet('REGISTRY_STORAGE_S3_KEYID', storage.encrypt ? storage.keyId : ''),
    ...whenSet('REGISTRY_STORAGE_S3_CHUNKSIZE', storage.chunkSizeMiB * BYTES_PER_MIB),
    ...bucketVariables(storage),
    ...(knowsStyles && regionEndpoint !== '' && !virtualHostedStyle ? [PATH_STYLE] : []),
    ...sharedFileVariables,
    ...(knowsStyles && regionEndpoint === '' && isDualStack(storage) ? [DUAL_STACK] : []),
    ...cloudFrontVariables(storage),
  ]
}

const bucketVariables = ({ bucket, region, encrypt }: S3Storage): Variables => [
  scalarVariable('REGISTRY_STORAGE', 's3'),
  scalarVariable('REGISTRY_STORAGE_S3_BUCKET', bucket),
  scalarVariable('REGISTRY_STORAGE_S3_REGION', region),
  scalarVariable('REGISTRY_STORAGE_S3_ENCRYPT', encrypt),
]

const DUAL_STACK = scalarVariable('REGISTRY_STORAGE_S3_USEDUALSTACK', true)
/** The bucket is in the path of an address, not in the name of its host. */
export const PATH_STYLE = scalarVariable('REGISTRY_STORAGE_S3_FORCEPATHSTYLE', true)

/** Where the library of AWS finds its credentials; a role in them counts only with the second one. */
export const sharedFileVariables: Variables = [
  variable('AWS_SHARED_CREDENTIALS_FILE', CREDENTIALS_PATH),
  variable('AWS_SDK_LOAD_CONFIG', '1'),
]

const whenSet = (name: string, value: number | string): Variables =>
  value === '' || value === 0 ? [] : [scalarVariable(name, value)]

/** Regions of AWS that are cut off from the others have no endpoints with both kinds of addresses. */
const CUT_OFF = /^[a-z]+-iso[a-z]*-/

/** Whether a bucket is reached by both kinds of addresses. */
export const isDualStack = ({ region, regionEndpoint }: S3Storage): boolean =>
  regionEndpoint !== '' || !CUT_OFF.test(region)
