import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { applyConfig, untilCondition, untilSettled } from '../harness/config-status'
import { OPERATOR_USER, type OpenshiftCluster } from '../harness/openshift-cluster'
import { onDefaultClaim } from '../harness/sample-specs'
import {
  forgetRegistry,
  setNetwork,
  setPlatformStatus,
  setSecret,
} from '../harness/storage/cloud-cluster'
import type { LifeCycleBackend } from '../harness/storage/life-cycle-backend'
import { untilSilent } from '../harness/until-silent'
import { type ImageOperator, startImageOperator, withOperator } from './image-operator'
import type { ImageProgram } from './image-program'
import { type ProcessMemory, processMemory } from './process-memory'

/** How long nothing is to have been asked of the API server before memory is looked at. */
export type Rest = Readonly<{ silentMs: number }>

/** A limit, on however slow a machine. */
export const MADE_WITHIN_MS = 240_000

/** Waits until an operator rests, and says what it has in memory. */
export const memoryAtRest = async (
  controlPlane: Parameters<typeof untilSilent>[0],
  { pid }: Pick<ImageOperator, 'pid'>,
  { silentMs }: Rest,
): Promise<ProcessMemory> => {
  await untilSilent(controlPlane, {
    user: OPERATOR_USER,
    from: new Date(),
    silentMs,
    timeoutMs: silentMs + MADE_WITHIN_MS,
  })
  return processMemory(pid)
}

/** The cluster is on that cloud, and has its credentials; without a cloud, it is on none. */
const furnish = async (
  { client }: OpenshiftCluster,
  cloud: LifeCycleBackend | undefined,
): Promise<void> => {
  await forgetRegistry(client)
  await setPlatformStatus(client, cloud?.platform ?? { type: 'None' })
  await setNetwork(client, cloud?.network)
  if (cloud === undefined) {
    await applyConfig(client, onDefaultClaim)
    return
  }
  await setSecret(client, cloud.secret, cloud.credentials)
  if (cloud.spec !== undefined) await applyConfig(client, cloud.spec)
}

/**
 * What the operator of the image has in memory once it has made a registry on OpenShift: with its images in that cloud, or,
 * without one, on a claim.
 */
export const restingMemory = async (
  cluster: OpenshiftCluster,
  image: ImageProgram,
  { cloud, ...rest }: Rest & Readonly<{ cloud?: LifeCycleBackend }>,
): Promise<ProcessMemory> => {
  await furnish(cluster, cloud)
  const folder = await mkdtemp(join(tmpdir(), 'resting-memory-'))
  const authorities = join(folder, 'authorities.pem')
  await writeFile(authorities, cloud?.network?.authorities ?? '')
  const operator = startImageOperator(image, {
    kubeconfigPath: cluster.operatorKubeconfigPath,
    environment: {
      NODE_EXTRA_CA_CERTS: authorities,
      ...(cloud === undefined ? {} : { REGISTRY_BUILD: cloud.registry.build }),
    },
  })
  try {
    return await withOperator(operator, async () => {
      await untilCondition(cluster.client, 'Ready', 'True', MADE_WITHIN_MS)
      await untilSettled(cluster.client)
      return memoryAtRest(cluster.controlPlane, operator, rest)
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
