import type { S3Connection } from '@image-registry-operator/render/model'

/** Where the requests of a connection go. */
export type S3Location = {
  readonly region: string
  readonly endpoint: string
  readonly pathStyle: boolean
  readonly dualStack: boolean
}

/** Regions that are cut off from the others, and have no hosts of both protocols though the SDK builds their names. */
const isIsolated = (region: string): boolean => /^(us|eu)-iso/.test(region)

/** What signs for nowhere in particular: services other than AWS mostly take any region. */
const ANY_REGION = 'us-east-1'

/** Where the requests of a connection go. The SDK refuses dual stack together with an endpoint. */
export const s3Location = ({
  region,
  endpoint,
  pathStyle,
  dualStack,
}: S3Connection): S3Location => ({
  region: region === '' ? ANY_REGION : region,
  endpoint,
  pathStyle,
  dualStack: dualStack && endpoint === '' && region !== '' && !isIsolated(region),
})
