import { clusterClient } from '../cluster/cluster-client'
import { startControlPlane } from '../cluster/control-plane'
import { loadManifests } from '../cluster/load-manifests'
import { startSimulatedNodes } from '../cluster/simulated-nodes'
import { applyConfig, untilComplete, untilCondition } from '../harness/config-status'
import { kubernetesInstallation } from '../harness/kubernetes-installation'
import { OPERATOR_GROUPS, OPERATOR_USER } from '../harness/openshift-cluster'
import { setSecret, USER_SECRET } from '../harness/storage/cloud-cluster'
import { startMinio } from '../storage-servers/s3/minio'
import { startImageOperator, withOperator } from './image-operator'
import type { ImageProgram } from './image-program'
import type { ProcessMemory } from './process-memory'
import { MADE_WITHIN_MS, memoryAtRest, type Rest } from './resting-memory'

/**
 * What the operator of the image has in memory once it has made a registry on plain Kubernetes, with its images in S3: there it
 * has issued certificates and hashed a password, which takes libraries of their own.
 */
export const restingMemoryOnKubernetes = async (
  image: ImageProgram,
  rest: Rest,
): Promise<ProcessMemory> => {
  const controlPlane = await startControlPlane()
  const client = clusterClient(controlPlane.kubeconfigPath, 'e2e-test')
  const minio = await startMinio()
  try {
    const { furniture, variables } = await kubernetesInstallation()
    await loadManifests(controlPlane, furniture, 'install')
    const nodes = await startSimulatedNodes(controlPlane, { count: 2 })
    await setSecret(client, USER_SECRET, {
      REGISTRY_STORAGE_S3_ACCESSKEY: minio.accessKey,
      REGISTRY_STORAGE_S3_SECRETKEY: minio.secretKey,
    })
    const s3 = { region: minio.region, regionEndpoint: minio.endpoint }
    await applyConfig(client, { managementState: 'Managed', replicas: 1, storage: { s3 } })
    const kubeconfigPath = await controlPlane.kubeconfigFor(OPERATOR_USER, OPERATOR_GROUPS)
    const operator = startImageOperator(image, { kubeconfigPath, environment: variables })
    const memory = await withOperator(operator, async () => {
      await untilCondition(client, 'Ready', 'True', MADE_WITHIN_MS)
      await untilComplete(client)
      return memoryAtRest(controlPlane, operator, rest)
    })
    await nodes.stop()
    return memory
  } finally {
    client.close()
    await minio.stop()
    await controlPlane.stop()
  }
}
