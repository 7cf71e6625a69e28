/**
 * The hands on the API server: see (observe), do (perform), and be the only one who does (lease).
 * It decides nothing: what to look at, what to write and what a failure means is said elsewhere.
 * Only `client/http-kube-client.ts` knows the Kubernetes library; secret values leave this package as digests.
 */
export { httpKubeClient } from './client/http-kube-client'
export type { ConnectionError, ConnectionSource } from './client/http-kube-client'
export type { KubeClient, RequestRecord } from './client/kube-client'
export { systemClock, waiting } from './clock'
export type { Clock } from './clock'
export { startLeaderElection } from './lease/leader-election'
export type { LeaderElection } from './lease/leader-election'
export type { LeaderElectionSettings } from './lease/lease-round'
export { describeObserveError } from './observe/observe-error'
export type { ObserveError } from './observe/observe-error'
export { startObserver } from './observe/observer'
export type { Observer } from './observe/observer'
export { observeOnce } from './observe/snapshot'
export { x509Issue } from './issue/x509-issue'
export { bcryptHash } from './perform/bcrypt-hash'
export { createEvent } from './perform/create-event'
export type { CreateEventDeps } from './perform/create-event'
export type { Issue, PerformDeps, StorageErrand } from './perform/perform-deps'
export { performPlan, systemRandomBytes } from './perform/perform-plan'
export { wasNotLeading } from './perform/while-leading'
export { writeStatus } from './perform/write-status'
