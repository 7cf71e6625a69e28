import { azureByPrincipal, startAzureCloud } from '../harness/storage/azure-life-cycle'
import { gcs } from '../harness/storage/gcs-life-cycle'
import type { LifeCycleBackend } from '../harness/storage/life-cycle-backend'
import { s3OnAws } from '../harness/storage/s3-life-cycle'
import { startOpenstack, swiftByClouds } from '../harness/storage/swift-life-cycle'

/** Starts a cloud, whose `stop` ends all of it. */
export type StartCloud = () => Promise<LifeCycleBackend>

/** On AWS. */
export const s3Cloud: StartCloud = s3OnAws

/** By the principal of the cluster. */
export const azureCloud: StartCloud = async () => {
  const cloud = await startAzureCloud()
  return { ...azureByPrincipal(cloud), stop: cloud.stop }
}

const swiftCloud: StartCloud = async () => {
  const openstack = await startOpenstack()
  return { ...(await swiftByClouds(openstack)), stop: openstack.stop }
}

/** The clouds, as the operator finds them on OpenShift, by what people call their storage. */
export const CLOUDS: ReadonlyArray<readonly [string, StartCloud]> = [
  ['S3', s3Cloud],
  ['GCS', gcs],
  ['Azure', azureCloud],
  ['Swift', swiftCloud],
]
