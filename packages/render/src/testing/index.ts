/** Fixtures and arbitraries for the tests of every package. Nothing that ships imports this. */
export { aConfig } from './a-config'
export { arbitraryFactsFor } from './cluster-facts.arbitrary'
export { arbitraryConfig, arbitraryManagedConfig } from './config.arbitrary'
export { permuted } from './permuted'
export { someContent, someFacts } from './some-facts'
