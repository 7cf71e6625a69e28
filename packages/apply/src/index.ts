/**
 * The hands on the API server: see (observe), do (perform), and be the only one who does (lease).
 * It decides nothing: what to look at, what to write and what a failure means is said elsewhere.
 * Only `client/http-kube-client.ts` knows the Kubernetes library; secret values leave this package as digests.
 */
export { httpKubeClient } from './client/http-kube-client'
export type {
  ConnectionError,
  ConnectionSource,
  HttpKubeClientOptions,
} from './client/http-kube-client'
export type {
  ApplyRequest,
  Collection,
  KubeClient,
  KubeList,
  RemoveRequest,
  RequestFailure,
  RequestRecord,
  WatchEvent,
  WatchListener,
  WatchRequest,
} from './client/kube-client'
export { showFailure } from './client/kube-error'
export { systemClock } from './clock'
export type { Clock } from './clock'
export { startLeaderElection } from './lease/leader-election'
export type { LeaderElection, LeaderElectionDeps } from './lease/leader-election'
export type { LeaderElectionSettings } from './lease/lease-round'
export { describeObserveError } from './observe/observe-error'
export type { ObserveError, Unsynced } from './observe/observe-error'
export { startObserver } from './observe/observer'
export type { Observer, ObserverDeps } from './observe/observer'
export { observeOnce } from './observe/snapshot'
export type { ObserveOnceDeps } from './observe/snapshot'
export type { PerformDeps, Redact, Written } from './perform/perform-deps'
export { performPlan, systemRandomBytes } from './perform/perform-plan'
export { writeStatus } from './perform/write-status'
