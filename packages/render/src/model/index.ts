/**
 * The nouns of the operator: what is read, what is wanted, what is to be done, what became of it.
 * Types, constructors and literal tables only; every package may import this one.
 */
export type { Action, ApplyObject, DeleteObject, FieldChange, OwnershipProof, Plan } from './action'
export type { ClaimFacts, ClusterFacts, ContentDigests } from './cluster-facts'
export type { Condition, ConditionStatus, ConditionType } from './condition'
export type {
  AdditionalRoute,
  Config,
  DeploymentOverrides,
  HttpSecret,
  ManagementState,
  ProxySettings,
  RequestLimits,
  RolloutStrategy,
  Storage,
  StorageManagement,
  TlsSettings,
} from './config'
export type { DesiredObject, DesiredState, Fill, ValueSource, Withheld } from './desired-state'
export type {
  ApplyError,
  DecodeError,
  FactProblem,
  Problem,
  RenderProblem,
  UnreadableObject,
} from './errors'
export { inKeyOrder, isJsonArray, isJsonObject, objectsOf, textOf } from './json'
export type { Json, JsonArray, JsonObject } from './json'
export type { KubeObject, ObjectMeta } from './kube-object'
export * as names from './names'
export { NO_STORAGE } from './no-storage'
export { groupOf, keyOf, objectRef, refOf, showRef } from './object-ref'
export type { ObjectRef } from './object-ref'
export type { LiveObjects, Observation } from './observation'
export type { ActionOutcome, Outcome } from './outcome'
export type { Release } from './release'
export type { Snapshot } from './snapshot'
export { pluralOf, WATCHED_KINDS } from './watched-kinds'
export type { WatchedKind } from './watched-kinds'
export { WRITTEN_KINDS, writtenKindOf } from './written-kinds'
export type { WrittenKind } from './written-kinds'
