import { afterAll, beforeAll, describe, it } from 'vitest'

import { apiServerContract } from './api-server-contract'
import { inProcessClient, inProcessExchange, promptCourier } from './in-process-client'
import { objectDatabase } from './object-database'

const inProcess = async () => {
  const database = objectDatabase()
  return {
    connection: {
      client: inProcessClient(database, promptCourier),
      exchange: inProcessExchange(database, promptCourier),
    },
    close: async () => undefined,
  }
}

apiServerContract('in this process', inProcess, { describe, it, beforeAll, afterAll })
