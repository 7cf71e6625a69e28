/** Fixtures and arbitraries for the tests of every package. Nothing that ships imports this. */
export { aConfig } from './a-config'
export { arbitraryFactsFor } from './cluster-facts.arbitrary'
export { caseNames, type CompatibilityCase, loadCase } from './compatibility/case'
export { compared } from './compatibility/compared'
export { acceptedDifferences } from './compatibility/differences'
export { fieldAt, type Fields, isFields } from './compatibility/fields'
export { type FoundDifference, foundDifferences } from './compatibility/found-differences'
export { identityOf } from './compatibility/merged-facts'
export { normalised } from './compatibility/normalised'
export { ourVerdicts } from './compatibility/our-verdicts'
export { pastDifferences } from './compatibility/past-differences'
export { loadRecorded } from './compatibility/recorded'
export { verdictOf } from './compatibility/verdict'
export { arbitraryConfig, arbitraryManagedConfig } from './config.arbitrary'
export { runs } from './effort'
export { slowLength } from './grown'
export { mutatedText } from './mutated-text.arbitrary'
export { permuted } from './permuted'
export {
  credentialValues,
  isSameTarget,
  type SeenOutside,
  type StorageTurn,
  storageTurn,
  clusterWithStorage,
  withRegistryRemoved,
} from './simulated-cluster/storage-turn'
export type { World } from './simulated-cluster/world'
export { someContent, someFacts } from './some-facts'
export { credentialReadings } from '../decode/storage/credential-readings'
export { collectionLog } from '../decode/pruner/collection-log'
