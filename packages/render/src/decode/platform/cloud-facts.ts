import type { InfrastructureFacts } from '../../model'

import type { ForeignReadings } from '../readings'

type Status = NonNullable<ForeignReadings['infrastructures'][number]['read']['status']>
type PlatformStatus = NonNullable<Status['platformStatus']>
type Endpoints = NonNullable<PlatformStatus['aws']>['serviceEndpoints']

type CloudFacts = Pick<
  InfrastructureFacts,
  | 'region'
  | 'storageEndpoint'
  | 'cloudName'
  | 'cloudsEntry'
  | 'projectId'
  | 'resourceGroup'
  | 'resourceTags'
  | 'boundTags'
  | 'serviceEndpoints'
>

/** PowerVS has regions of its own; its storage is in these locations of IBM Cloud. */
const POWER_VS_LOCATIONS: { readonly [region: string]: string } = {
  dal: 'us-south',
  'eu-de': 'eu-de',
  lon: 'eu-gb',
  mad: 'eu-de',
  mon: 'ca-tor',
  osa: 'jp-osa',
  sao: 'br-sao',
  syd: 'au-syd',
  tok: 'jp-tok',
  tor: 'ca-tor',
  'us-east': 'us-east',
  'us-south': 'us-south',
  wdc: 'us-east',
}

const unlessEmpty = (
  name: Exclude<keyof CloudFacts, 'resourceTags' | 'boundTags' | 'serviceEndpoints'>,
  value: string | undefined,
): CloudFacts => (value === undefined || value === '' ? {} : { [name]: value })

type Of<Cloud extends keyof PlatformStatus> = NonNullable<PlatformStatus[Cloud]>

type Pairs = NonNullable<PlatformStatus['aws']>['resourceTags']

const textsUnlessEmpty = (
  name: 'resourceTags' | 'boundTags' | 'serviceEndpoints',
  entries: ReadonlyArray<readonly [string, string]>,
): CloudFacts => (entries.length === 0 ? {} : { [name]: Object.fromEntries(entries) })

const tagsOf = (pairs: Pairs = []): CloudFacts =>
  textsUnlessEmpty(
    'resourceTags',
    pairs.map(({ key = '', value = '' }) => [key, value]),
  )

const endpointsOf = (endpoints: Endpoints = []): CloudFacts =>
  textsUnlessEmpty(
    'serviceEndpoints',
    endpoints.map(({ name = '', url = '' }) => [name, url]),
  )

const boundTags = (tags: NonNullable<PlatformStatus['gcp']>['resourceTags'] = []): CloudFacts =>
  textsUnlessEmpty(
    'boundTags',
    tags.map(({ parentID = '', key = '', value = '' }) => [`${parentID}/${key}`, value]),
  )

const endpointOf = (service: string, endpoints: Endpoints = []): string | undefined =>
  endpoints.find(({ name }) => name === service)?.url

const locationOf = (region = ''): string | undefined =>
  Object.hasOwn(POWER_VS_LOCATIONS, region) ? POWER_VS_LOCATIONS[region] : undefined

const ofAws = ({ region, serviceEndpoints, resourceTags }: Of<'aws'>): CloudFacts => ({
  ...unlessEmpty('region', region),
  ...unlessEmpty('storageEndpoint', endpointOf('s3', serviceEndpoints)),
  ...endpointsOf(serviceEndpoints),
  ...tagsOf(resourceTags),
})

const ofAzure = ({ cloudName, resourceGroupName, resourceTags }: Of<'azure'>): CloudFacts => ({
  ...unlessEmpty('cloudName', cloudName),
  ...unlessEmpty('resourceGroup', resourceGroupName),
  ...tagsOf(resourceTags),
})

const ofGoogle = ({ region, projectID, resourceLabels, resourceTags }: Of<'gcp'>): CloudFacts => ({
  ...unlessEmpty('region', region),
  ...unlessEmpty('projectId', projectID),
  ...tagsOf(resourceLabels),
  ...boundTags(resourceTags),
})

const ofIbm = ({ location, resourceGroupName, serviceEndpoints }: Of<'ibmcloud'>): CloudFacts => ({
  ...unlessEmpty('region', location),
  ...unlessEmpty('storageEndpoint', endpointOf('COS', serviceEndpoints)),
  ...unlessEmpty('resourceGroup', resourceGroupName),
  ...endpointsOf(serviceEndpoints),
})

const ofPowerVs = ({ region, resourceGroup, serviceEndpoints = [] }: Of<'powervs'>): CloudFacts =>
  ofIbm({
    serviceEndpoints,
    location: locationOf(region) ?? '',
    resourceGroupName: resourceGroup ?? '',
  })

type Reader = (status: PlatformStatus) => CloudFacts

/** By `type`. */
const CLOUDS: { readonly [type: string]: Reader } = {
  AWS: ({ aws = {} }) => ofAws(aws),
  Azure: ({ azure = {} }) => ofAzure(azure),
  GCP: ({ gcp = {} }) => ofGoogle(gcp),
  IBMCloud: ({ ibmcloud = {} }) => ofIbm(ibmcloud),
  OpenStack: ({ openstack = {} }) => unlessEmpty('cloudsEntry', openstack.cloudName),
  PowerVS: ({ powervs = {} }) => ofPowerVs(powervs),
}

/** What the cluster says of its cloud that storage depends on. */
export const cloudFacts = (status: PlatformStatus): CloudFacts => {
  const { type = '' } = status
  const read = Object.hasOwn(CLOUDS, type) ? CLOUDS[type] : undefined
  return read === undefined ? {} : read(status)
}
