/** An API server in memory and the contract that it shares with the real one. For tests and the embedded demo. */
export { answersIn } from './answers-in'
export { startInMemoryApiServer } from './in-memory-api-server'
export type {
  Fault,
  InMemoryApiServer,
  InMemoryApiServerOptions,
  RequestLogEntry,
} from './in-memory-api-server'
export { apiServerContract } from './api-server-contract'
export type { ContractServer, SuiteFunctions } from './api-server-contract'
export { inProcessClient } from './in-process-client'
export type {
  Courier,
  InProcessAnswer,
  InProcessRequest,
  InProcessWatch,
} from './in-process-client'
export { leaksOf } from './leaks'
export { loaded } from './api-request'
export { objectDatabase } from './object-database'
export type { ObjectDatabase, Surroundings } from './object-database'
export { deleted, foundIn, replaced } from './writes-of-others'
