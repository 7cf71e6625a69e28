import { apiServerContract } from '@image-registry-operator/apply/testing'
import { afterAll, beforeAll, describe, it } from 'vitest'

import { startControlPlane } from '../../cluster/control-plane'

const realServer = async () => {
  const { kubeconfigPath, stop } = await startControlPlane()
  return { kubeconfigPath, close: stop }
}

apiServerContract('kube-apiserver', realServer, { describe, it, beforeAll, afterAll })
