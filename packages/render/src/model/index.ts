/**
 * The nouns of the operator: what is read, what is wanted, what is to be done, what became of it.
 * Types, constructors and literal tables only; every package may import this one.
 */
export type {
  Action,
  ApplyObject,
  DeleteObject,
  EnsureStorage,
  FieldChange,
  OwnershipProof,
  PartRemoval,
  Plan,
  PatchObject,
  ReleaseObject,
  RemoveStorage,
  StorageStep,
} from './action'
export { authenticationOf } from './authentication'
export type { Authentication, TokenAuthentication } from './authentication'
export { awsProfile } from './aws-profile'
export { AZURE_CLOUDS, AZURE_STACK_CLOUD } from './azure-clouds'
export { cloudOf } from './cloud-of'
export { isCollectionUnderWay, LATEST_START_SECONDS } from './collection-window'
export type {
  Bundle,
  CertificateFacts,
  CertificateSecret,
  ClaimFacts,
  ClusterFacts,
  ContentDigests,
  ImageConfigFacts,
  ImportMode,
  InfrastructureFacts,
  RouteHost,
  TagCount,
  UnreadMachine,
} from './cluster-facts'
export type {
  AvailableReason,
  AwaitedReason,
  Condition,
  ConditionStatus,
  ConditionType,
  OperatorConditionType,
  PodsReason,
  ProgressingReason,
  PrunerConditionType,
} from './condition'
export type {
  AccessWishes,
  AdditionalRoute,
  CertificateIssuer,
  GatewayListener,
  ExposureWishes,
  ClaimWishes,
  CollectionWishes,
  Config,
  Decisions,
  DeploymentOverrides,
  HttpSecret,
  LogLevel,
  ManagementState,
  ProxySettings,
  Pruner,
  RequestLimits,
  RolloutStrategy,
  StorageConsents,
  StorageManagement,
  TlsSettings,
} from './config'
export type { DesiredObject, DesiredState, Fill, Withheld } from './desired-state'
export type {
  CertificateReading,
  CloudReading,
  CloudSecret,
  CredentialReading,
  WrongUserLine,
} from './credential-reading'
export { envScalar } from './env-scalar'
export type {
  ApplyError,
  CertificateMaker,
  DecodeError,
  FactProblem,
  Problem,
  RenderProblem,
  UnreadableObject,
} from './errors'
export type { ExposureKind } from './exposure-kind'
export { userCount, userLines, wrongUserLines } from './htpasswd'
export { inKeyOrder, isJsonArray, isJsonObject, objectsOf, textOf } from './json'
export type { Json, JsonArray, JsonObject } from './json'
export { keepsApart } from './keeps-apart'
export type { KubeObject, ObjectMeta } from './kube-object'
export * as names from './names'
export { NO_STORAGE } from './no-storage'
export { groupOf, keyOf, objectRef, refOf, showRef } from './object-ref'
export type { ObjectRef } from './object-ref'
export type { LiveObjects, Observation, PrunerRefusal, Wishes } from './observation'
export type { ActionOutcome, Outcome } from './outcome'
export { COLLECTION_DEFAULTS, PRUNER_DEFAULTS } from './pruner-defaults'
export type { CollectingJob, DryRun, Garbage, PruningFacts } from './pruning-facts'
export {
  azureLayout,
  isDistributionSince,
  namedRegistryBuild,
  REGISTRY_BUILDS,
  registryBuild,
  registryBuildName,
} from './registry-build'
export type { RegistryBuild, Writers } from './registry-build'
export { renewalMs } from './renewal'
export type { Release } from './release'
export type { Snapshot } from './snapshot'
export type { StatusPatch } from './status-patch'
export type { Part } from './part'
export { clusterDefaults } from './kubernetes-defaults'
export type { DefaultingFacts } from './kubernetes-defaults'
export { platformDefaults } from './platform-defaults'
export type { DefaultStorage, PlatformDefaults } from './platform-defaults'
export { storageFields } from './storage'
export { storagePlace } from './storage-place'
export type {
  AzureStorage,
  CloudFront,
  GcsStorage,
  IbmCosStorage,
  S3Storage,
  Storage,
  SwiftStorage,
} from './storage'
export type { StorageCall, StorageError } from './storage-error'
export type {
  PartSight,
  SettingSight,
  StorageContents,
  StorageFacts,
  StorageKnown,
  StorageSight,
  StorageTrouble,
  StorageWork,
} from './storage-sight'
export type {
  AzureConnection,
  AzureNetwork,
  GcsConnection,
  IbmCosConnection,
  Marks,
  PartKind,
  S3Connection,
  SettingName,
  StorageBackend,
  StorageConnection,
  StorageCredentials,
  StoragePart,
  StorageSetting,
  StorageTarget,
  SwiftConnection,
} from './storage-target'
export { pluralOf, WATCHED_KINDS } from './watched-kinds'
export type { WatchedKind } from './watched-kinds'
export { partOf, WRITTEN_KINDS, writtenKindOf } from './written-kinds'
export type { WrittenKind } from './written-kinds'
export type {
  CertificateRequest,
  ComposedValue,
  CopiedValue,
  ExtractedValue,
  HashedValue,
  IssuedValue,
  UserLinesValue,
  ValueSource,
} from './value-source'
export { isMachineAwaited, isPlatformAwaited, machineUnread } from './machine-awaited'
