/**
 * The regions of AWS that every registry of the distribution project knows. It refuses to start in any other, unless it is
 * told an address; a region that only newer ones know has that address as well, so this list need not grow.
 */
const KNOWN_REGIONS: ReadonlySet<string> = new Set([
  ...['af-south-1', 'ap-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-south-1'],
  ...['ap-southeast-1', 'ap-southeast-2', 'ca-central-1', 'eu-central-1', 'eu-north-1'],
  ...['eu-south-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'me-south-1', 'sa-east-1'],
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
  ...['cn-north-1', 'cn-northwest-1', 'us-gov-east-1', 'us-gov-west-1'],
  ...['us-iso-east-1', 'us-isob-east-1'],
])

/** What the hosts of a partition of AWS end in, by what its regions begin with. */
const PARTITIONS: ReadonlyArray<readonly [prefix: string, domain: string]> = [
  ['cn-', 'amazonaws.com.cn'],
  ['eusc-', 'amazonaws.eu'],
  ['us-iso-', 'c2s.ic.gov'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['us-isof-', 'csp.hci.ic.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
]

/** The address of S3 in a region that a registry may not know; empty where every registry does. */
export const commonRegionEndpoint = (region: string): string => {
  const [, domain] = PARTITIONS.find(([prefix]) => region.startsWith(prefix)) ?? []
  return KNOWN_REGIONS.has(region) ? '' : `https://s3.${region}.${domain ?? 'amazonaws.com'}`
}
