import { startRegistryOnS3 } from '../../harness/served-registry'
import { tellOfRestarts } from './restarts-under-load'

tellOfRestarts('S3', () => startRegistryOnS3({ managementState: 'Managed', replicas: 1 }))
