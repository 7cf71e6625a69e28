import type { ClusterFacts } from './cluster-facts'
import type { Config } from './config'
import { REGISTRY_NAMESPACE, TOKEN_AUTH_CONFIG_MAP } from './names'
import { isDistributionSince, registryBuild, type RegistryBuild } from './registry-build'

/** Documents that say with which keys tokens are signed, by their keys in the ConfigMap. */
type TokenFile = 'rootcertbundle' | 'jwks'

/** Who gives out tokens, and how they are known. */
export type TokenAuthentication = {
  readonly realm: string
  readonly service: string
  readonly issuer: string
  /** At least one of them. */
  readonly files: ReadonlyArray<TokenFile>
  /** Empty: those that the registry takes when it is told none. */
  readonly signingAlgorithms: ReadonlyArray<string>
}

/** How clients of the registry say who they are. */
export type Authentication =
  /** By a name and a password. */
  | { readonly _tag: 'Htpasswd'; readonly firstUser: boolean }
  /** By a token that somebody else has given them. */
  | ({ readonly _tag: 'Token' } & TokenAuthentication)
  /** By a token, but the ConfigMap that says whose lacks an entry. */
  | { readonly _tag: 'TokenIncomplete'; readonly missing: string }
  /** Not at all. */
  | { readonly _tag: 'Anonymous' }

type Facts = Pick<ClusterFacts, 'platform' | 'release' | 'bundles'>

/**
 * How clients say who they are to a registry of the distribution project on plain Kubernetes. Undefined for any other: the
 * registry of OpenShift asks the cluster.
 */
export const authenticationOf = (
  { access }: Pick<Config, 'access'>,
  facts: Facts,
): Authentication | undefined => {
  const build = registryBuild(facts)
  if (facts.platform === 'OpenShift' || build._tag === 'OpenShift') return undefined
  if (access.anonymous) return { _tag: 'Anonymous' }
  const said = facts.bundles.find(
    ({ namespace, name }) => namespace === REGISTRY_NAMESPACE && name === TOKEN_AUTH_CONFIG_MAP,
  )
  return said === undefined
    ? { _tag: 'Htpasswd', firstUser: access.firstUser }
    : tokenAuthentication(said.data, build)
}

type Entries = { readonly [key: string]: string }

const entryOf = (entries: Entries, key: string): string =>
  Object.hasOwn(entries, key) ? (entries[key] ?? '').trim() : ''

const NEEDED = ['realm', 'service', 'issuer'] as const

const tokenAuthentication = (entries: Entries, build: RegistryBuild): Authentication => {
  const files = filesIn(entries, build)
  const missing =
    NEEDED.find((key) => entryOf(entries, key) === '') ??
    (files.length === 0 ? 'rootcertbundle' : undefined)
  return missing === undefined
    ? {
        _tag: 'Token',
        realm: entryOf(entries, 'realm'),
        service: entryOf(entries, 'service'),
        issuer: entryOf(entries, 'issuer'),
        files,
        signingAlgorithms: isDistributionSince(build, [3, 0]) ? algorithmsIn(entries) : [],
      }
    : { _tag: 'TokenIncomplete', missing }
}

/** Without a key to check tokens with, the registry does not start. Version 2 knows certificates only. */
const filesIn = (entries: Entries, build: RegistryBuild): ReadonlyArray<TokenFile> => [
  ...(entryOf(entries, 'rootcertbundle').includes('-----BEGIN CERTIFICATE-----')
    ? (['rootcertbundle'] as const)
    : []),
  ...(entryOf(entries, 'jwks') !== '' && isDistributionSince(build, [3, 0])
    ? (['jwks'] as const)
    : []),
]

/** Words parted by commas or spaces. */
const algorithmsIn = (entries: Entries): ReadonlyArray<string> =>
  entryOf(entries, 'signingalgorithms').match(/[A-Za-z0-9]+/g) ?? []
