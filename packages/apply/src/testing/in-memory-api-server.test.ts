import { afterAll, beforeAll, describe, it } from 'vitest'

import { apiServerContract } from './api-server-contract'
import { startInMemoryApiServer } from './in-memory-api-server'

apiServerContract('in memory', startInMemoryApiServer, { describe, it, beforeAll, afterAll })
