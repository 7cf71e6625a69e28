import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startInMemoryApiServer } from '@image-registry-operator/apply/testing'

import { clusterClient } from '../cluster/cluster-client'
import { removeAtExit } from '../cluster/exit-cleanup'
import { singleContext } from '../cluster/kubeconfig'
import { furnished, NODE_COUNT } from '../harness/furnished'
import type { DemoCluster } from './demo-cluster'
import { operatorAsProcess } from './demo-operator'
import type { Printer } from './printer'
import { openshiftSample } from './sample-configs'

/** An API server in this process, with everybody else simulated: nothing to build, and there in a moment. */
export const embeddedCluster = async (print: Printer): Promise<DemoCluster> => {
  const folder = await mkdtemp(join(tmpdir(), 'demo-'))
  const forgetFolder = removeAtExit(folder)
  const server = await startInMemoryApiServer()
  const kubeconfigPath = join(folder, 'kubeconfig')
  const close = async (): Promise<void> => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
    forgetFolder()
  }
  try {
    const config = singleContext('embedded', { server: server.url }, ['anybody', {}])
    await writeFile(kubeconfigPath, JSON.stringify(config, null, 2))
    // It knows no users, and so no permissions: everybody comes in by the same door.
    const simulations = await furnished(
      { kubeconfigPath, kubeconfigFor: () => Promise.resolve(kubeconfigPath) },
      { controllersAreSimulated: true, onProgress: print.progress },
    )
    const client = clusterClient(kubeconfigPath, 'demo')
    return {
      what: `an API server in memory with ${NODE_COUNT} nodes and all controllers simulated; no Kubernetes is running`,
      sample: openshiftSample,
      kubeconfigPath,
      startOperator: () => operatorAsProcess({ kubeconfigPath }),
      client,
      stop: async () => {
        client.close()
        await simulations.stop()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}
