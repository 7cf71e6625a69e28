import { describe, expect, it } from 'vitest'

import { aConfig } from '../testing/a-config'
import { someFacts } from '../testing/some-facts'
import { authenticationOf } from './authentication'
import type { ClusterFacts } from './cluster-facts'
import { names, type RegistryBuild } from '.'

const PEM = '-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n'

const TOKENS = { realm: ' https://a/auth\n', service: 'registry', issuer: 'a', rootcertbundle: PEM }

const distribution = (major: number, minor: number): RegistryBuild => ({
  _tag: 'Distribution',
  version: [major, minor],
})

const withTokens = (data: { readonly [key: string]: string }): Pick<ClusterFacts, 'bundles'> => ({
  bundles: [
    {
      namespace: names.REGISTRY_NAMESPACE,
      name: names.TOKEN_AUTH_CONFIG_MAP,
      data,
      binaryData: {},
    },
  ],
})

const on = (changes: Partial<ClusterFacts> = {}, registry?: RegistryBuild): ClusterFacts => {
  const facts = someFacts({ platform: 'Kubernetes', ...changes })
  return registry === undefined ? facts : { ...facts, release: { ...facts.release, registry } }
}

const said = (
  data: { readonly [key: string]: string },
  registry?: RegistryBuild,
): ReturnType<typeof authenticationOf> =>
  authenticationOf(aConfig(), on(withTokens(data), registry))

describe('clients of a registry', () => {
  it('are asked by the cluster where it is OpenShift, or its registry runs', () => {
    expect(authenticationOf(aConfig(), someFacts(withTokens(TOKENS)))).toBeUndefined()
    expect(authenticationOf(aConfig(), on({}, { _tag: 'OpenShift' }))).toBeUndefined()
    const build = someFacts({ ...withTokens(TOKENS), release: on({}, distribution(3, 1)).release })
    expect(authenticationOf(aConfig(), build)).toBeUndefined()
  })

  it('need a name and a password where nobody has said otherwise', () => {
    expect(authenticationOf(aConfig(), on())).toEqual({ _tag: 'Htpasswd', firstUser: true })
    const access = { anonymous: false, firstUser: false }
    expect(authenticationOf(aConfig({ access }), on())).toEqual({
      _tag: 'Htpasswd',
      firstUser: false,
    })
  })

  it('need nothing where somebody has said that', () => {
    const access = { anonymous: true, firstUser: true }
    expect(authenticationOf(aConfig({ access }), on(withTokens(TOKENS)))).toEqual({
      _tag: 'Anonymous',
    })
  })

  it('need a token where somebody has said who gives them out', () => {
    expect(said(TOKENS)).toEqual({
      _tag: 'Token',
      realm: 'https://a/auth',
      service: 'registry',
      issuer: 'a',
      files: ['rootcertbundle'],
      signingAlgorithms: [],
    })
    expect(said({ ...TOKENS, jwks: '{}', signingalgorithms: 'ES256, RS256\n' })).toMatchObject({
      files: ['rootcertbundle', 'jwks'],
      signingAlgorithms: ['ES256', 'RS256'],
    })
  })
})

describe('what is missing of a token server', () => {
  it.each(['realm', 'service', 'issuer', 'rootcertbundle'])('is told: %s', (key) => {
    const missing = { _tag: 'TokenIncomplete', missing: key }
    expect(said({ ...TOKENS, [key]: ' ' })).toEqual(missing)
    const { [key]: _, ...others }: { readonly [key: string]: string } = TOKENS
    expect(said(others)).toEqual(missing)
  })

  it('are keys, unless there are certificates, or the registry reads others', () => {
    const { rootcertbundle: _, ...others } = { ...TOKENS, jwks: '{"keys":[]}' }
    expect(said(others)).toMatchObject({ _tag: 'Token', files: ['jwks'] })
    expect(said(others, distribution(2, 8))).toMatchObject({ missing: 'rootcertbundle' })
    expect(said({ ...others, rootcertbundle: 'none' }, distribution(2, 8))).toMatchObject({
      missing: 'rootcertbundle',
    })
    const all = { ...TOKENS, jwks: '{}', signingalgorithms: 'ES256' }
    expect(said(all, distribution(2, 8))).toMatchObject({
      files: ['rootcertbundle'],
      signingAlgorithms: [],
    })
  })
})
