import type { InfrastructureFacts } from '../model'

import type { ForeignReadings } from './readings'

type Status = NonNullable<ForeignReadings['infrastructures'][number]['read']['status']>
type PlatformStatus = NonNullable<Status['platformStatus']>
type Endpoints = NonNullable<PlatformStatus['aws']>['serviceEndpoints']

type CloudFacts = Pick<
  InfrastructureFacts,
  'region' | 'storageEndpoint' | 'cloudName' | 'cloudsEntry'
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

const unlessEmpty = (name: keyof CloudFacts, value: string | undefined): CloudFacts =>
  value === undefined || value === '' ? {} : { [name]: value }

const endpointOf = (service: string, endpoints: Endpoints = []): string | undefined =>
  endpoints.find(({ name }) => name === service)?.url

const locationOf = (region = ''): string | undefined =>
  Object.hasOwn(POWER_VS_LOCATIONS, region) ? POWER_VS_LOCATIONS[region] : undefined

/** What the cluster says of its cloud that storage depends on. */
export const cloudFacts = ({
  type,
  aws,
  azure,
  ibmcloud,
  openstack,
  powervs,
}: PlatformStatus): CloudFacts => {
  switch (type) {
    case 'AWS':
      return {
        ...unlessEmpty('region', aws?.region),
        ...unlessEmpty('storageEndpoint', endpointOf('s3', aws?.serviceEndpoints)),
      }
    case 'Azure':
      return unlessEmpty('cloudName', azure?.cloudName)
    case 'IBMCloud':
      return {
        ...unlessEmpty('region', ibmcloud?.location),
        ...unlessEmpty('storageEndpoint', endpointOf('COS', ibmcloud?.serviceEndpoints)),
      }
    case 'OpenStack':
      return unlessEmpty('cloudsEntry', openstack?.cloudName)
    case 'PowerVS':
      return {
        ...unlessEmpty('region', locationOf(powervs?.region)),
        ...unlessEmpty('storageEndpoint', endpointOf('COS', powervs?.serviceEndpoints)),
      }
    default:
      return {}
  }
}
