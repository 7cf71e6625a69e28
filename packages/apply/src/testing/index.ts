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
