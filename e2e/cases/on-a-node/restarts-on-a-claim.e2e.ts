import { startServedRegistry } from '../../harness/served-registry'
import { tellOfRestarts } from './restarts-under-load'

tellOfRestarts('a claim', () =>
  startServedRegistry(async () => ({
    managementState: 'Managed',
    replicas: 1,
    storage: { pvc: {} },
  })),
)
