import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { loadManifests } from '../cluster/load-manifests'
import { removeAtExit } from '../cluster/exit-cleanup'
import { makeImage } from '../images/made-image'
import { registryArchive } from '../node/node-images'
import type { RealCluster } from '../node/real-cluster'
import { type KubernetesInstallation, kubernetesInstallation } from './kubernetes-installation'

const platform = `linux/${process.arch === 'arm64' ? 'arm64' : 'amd64'}`

/** The operator's image of the bundle that is there, into the node. */
const loadOperatorImage = async ({ node }: RealCluster): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'operator-image-'))
  const forgetFolder = removeAtExit(folder)
  try {
    const { file } = await makeImage('--file', join(folder, 'image.tar'), '--platform', platform)
    await node.load(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
    forgetFolder()
  }
}

/**
 * Makes a real cluster ready for an operator that is a process of this machine: the registry's image is on its node, and
 * everything that `install` prints is there but the operator's Deployment.
 */
export const furnishRegistry = async (
  cluster: RealCluster,
  onProgress: (line: string) => void = () => undefined,
): Promise<KubernetesInstallation> => {
  onProgress("loading the registry's image into the node")
  await cluster.node.load(await registryArchive())
  onProgress('applying what install prints')
  const installation = await kubernetesInstallation()
  await loadManifests(cluster.controlPlane, installation.furniture, 'install')
  return installation
}

/** The same for an operator that is a pod, which `startOperatorPod` adds: its image is there as well. */
export const furnishKubernetes = async (
  cluster: RealCluster,
  onProgress: (line: string) => void = () => undefined,
): Promise<KubernetesInstallation> => {
  onProgress("making the operator's image, and loading it into the node")
  await loadOperatorImage(cluster)
  return furnishRegistry(cluster, onProgress)
}

/** Applies the operator's Deployment. */
export const startOperatorPod = async (
  { controlPlane }: RealCluster,
  { operator }: KubernetesInstallation,
): Promise<void> => {
  await loadManifests(controlPlane, operator, 'install')
}
