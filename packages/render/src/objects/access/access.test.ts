import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { describe, expect, it } from 'vitest'

import {
  type ClusterFacts,
  type Config,
  type ContentDigests,
  type DesiredObject,
  names,
} from '../../model'
import { aConfig } from '../../testing/a-config'
import { deploymentPod } from '../../testing/deployment-pod'
import { someContent, someFacts } from '../../testing/some-facts'
import { access } from './access'
import { accessProblem } from './access-problem'

const PEM = '-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n'

const TOKENS = { realm: 'https://a: b', service: 'on', issuer: 'a', rootcertbundle: PEM }

const { contents: CERTIFICATE } = someFacts()

const on = (
  contents: ReadonlyArray<ContentDigests> = [],
  tokens?: { readonly [key: string]: string },
): ClusterFacts =>
  someFacts({
    platform: 'Kubernetes',
    now: '2026-01-01T12:00:00Z',
    contents: [
      ...CERTIFICATE,
      ...contents,
      ...(tokens === undefined
        ? []
        : [someContent('ConfigMap', names.TOKEN_AUTH_CONFIG_MAP, tokens)]),
    ],
    ...(tokens === undefined
      ? {}
      : {
          bundles: [
            {
              namespace: names.REGISTRY_NAMESPACE,
              name: names.TOKEN_AUTH_CONFIG_MAP,
              data: tokens,
              binaryData: {},
            },
          ],
        }),
  })

const firstUser = (password: string) =>
  someContent('Secret', names.FIRST_USER_SECRET, { username: 'admin', password })

const users = (file: string) => someContent('Secret', names.USERS_SECRET, { htpasswd: file })

const FIRST_OFF: Partial<Config> = { access: { anonymous: false, firstUser: false } }

/** What becomes of each object, by its name. */
const rendered = (
  facts: ClusterFacts,
  changes: Partial<Config> = {},
): { readonly [name: string]: DesiredObject | string } =>
  Object.fromEntries(
    access(aConfig(changes), facts).map((one): readonly [string, DesiredObject | string] =>
      E.isLeft(one)
        ? [one.left.ref.name, one.left.problem._tag]
        : [one.right.object.metadata.name, one.right],
    ),
  )

const partsOf = (facts: ClusterFacts, changes: Partial<Config> = {}) => {
  const file = rendered(facts, changes)[names.HTPASSWD_SECRET]
  const source = typeof file === 'object' ? file.fills[0]?.source : undefined
  return source?._tag === 'Composed'
    ? source.parts.map((part) =>
        typeof part === 'string' ? part : `${part._tag} ${part.ref.name} ${part.path.join(' ')}`,
      )
    : file
}

const checksum = (facts: ClusterFacts) =>
  deploymentPod(aConfig(), facts).annotations as { readonly [name: string]: string }

const variables = (facts: ClusterFacts, changes: Partial<Config> = {}) =>
  deploymentPod(aConfig(changes), facts)
    .container.env.filter(({ name }) => name.startsWith('REGISTRY_AUTH'))
    .map(({ name, value }) => `${name}=${String(value)}`)

describe('the first user', () => {
  it('gets a password, and the file of users waits for it', () => {
    const { [names.FIRST_USER_SECRET]: made, ...others } = rendered(on())
    expect(made).toMatchObject({
      object: { type: 'kubernetes.io/basic-auth', data: { password: 'generated' } },
      fills: [{ source: { _tag: 'Generated', bytes: 16 } }, { source: { text: 'admin' } }],
    })
    expect(others).toEqual({ [names.HTPASSWD_SECRET]: 'FirstUserAwaited' })
  })

  it('is waited for by nobody where nobody looks at a cluster', () => {
    const { now: _, ...offline } = on()
    expect(Object.values(rendered(offline)).map((one) => typeof one)).toEqual(['object', 'object'])
  })

  it('keeps the password that is there, unless it is empty', () => {
    const kept = rendered(on([firstUser('secret')]))[names.FIRST_USER_SECRET]
    expect(kept).toMatchObject({ fills: [{ source: { _tag: 'CopyOf' } }, {}] })
    expect(rendered(on([firstUser('')]))).toEqual(rendered(on()))
  })

  it('is written again by nobody when the password comes into being, or is another one', () => {
    const checksumOf = (facts: ClusterFacts) => {
      const made = rendered(facts)[names.FIRST_USER_SECRET]
      return typeof made === 'object' && made.object.metadata.annotations
    }
    expect(checksumOf(on([firstUser('a')]))).toEqual(checksumOf(on()))
    expect(checksumOf(on([firstUser('b')]))).toEqual(checksumOf(on()))
  })

  it('is not there where people want none', () => {
    expect(Object.keys(rendered(on([users('a')]), FIRST_OFF))).toEqual([names.HTPASSWD_SECRET])
    expect(partsOf(on([users('a')]), FIRST_OFF)).toEqual([
      'UserLines image-registry-users data htpasswd',
    ])
    expect(partsOf(on(), FIRST_OFF)).toEqual([])
  })
})

describe('the file of users', () => {
  it('has the first one, and then those whom people have added', () => {
    const first = ['admin:', 'Hashed image-registry-first-user data password', '\n']
    expect(partsOf(on([firstUser('a')]))).toEqual(first)
    expect(partsOf(on([firstUser('a'), users('b')]))).toEqual([
      ...first,
      'UserLines image-registry-users data htpasswd',
    ])
  })

  it('is another one with every password and every user, and restarts no pod for that', () => {
    const all = [
      on([firstUser('a')]),
      on([firstUser('b')]),
      on([firstUser('a'), users('c')]),
      on([firstUser('a'), users('d')]),
    ]
    const digests = all.map((facts) => {
      const file = rendered(facts)[names.HTPASSWD_SECRET]
      return typeof file === 'object' && JSON.stringify(file.object)
    })
    expect(new Set(digests).size).toBe(all.length)
    expect(new Set(all.map((facts) => JSON.stringify(checksum(facts)))).size).toBe(1)
  })

  it('is where the registry looks for it', () => {
    expect(variables(on())).toEqual([
      'REGISTRY_AUTH=htpasswd',
      'REGISTRY_AUTH_HTPASSWD_REALM=image-registry',
      'REGISTRY_AUTH_HTPASSWD_PATH=/etc/registry-auth/htpasswd',
    ])
    const { spec, container } = deploymentPod(aConfig(), on())
    expect(spec['volumes']).toContainEqual({
      name: 'registry-auth',
      projected: { sources: [{ secret: { name: 'image-registry-htpasswd' } }] },
    })
    expect(container['volumeMounts']).toContainEqual({
      name: 'registry-auth',
      mountPath: '/etc/registry-auth',
    })
  })
})

describe('a registry with a token server', () => {
  it('has no users', () => {
    expect(rendered(on([firstUser('a')], TOKENS))).toEqual({})
  })

  it('is told who it is, as YAML that means just that', () => {
    expect(variables(on([], { ...TOKENS, jwks: '{}', signingalgorithms: 'ES256 RS256' }))).toEqual([
      'REGISTRY_AUTH=token',
      "REGISTRY_AUTH_TOKEN_REALM='https://a: b'",
      'REGISTRY_AUTH_TOKEN_SERVICE="on"',
      'REGISTRY_AUTH_TOKEN_ISSUER=a',
      'REGISTRY_AUTH_TOKEN_ROOTCERTBUNDLE=/etc/registry-auth/rootcertbundle',
      'REGISTRY_AUTH_TOKEN_JWKS=/etc/registry-auth/jwks',
      'REGISTRY_AUTH_TOKEN_SIGNINGALGORITHMS=["ES256", "RS256"]',
    ])
    expect(deploymentPod(aConfig(), on([], TOKENS)).spec['volumes']).toContainEqual({
      name: 'registry-auth',
      configMap: {
        name: 'image-registry-token-auth',
        items: [{ key: 'rootcertbundle', path: 'rootcertbundle' }],
      },
    })
  })

  it('restarts when its keys change, which it reads once', () => {
    const other = { ...TOKENS, rootcertbundle: `${PEM}${PEM}` }
    expect(checksum(on([], other))).not.toEqual(checksum(on([], TOKENS)))
  })

  it('waits for what is missing, and its users stay meanwhile', () => {
    const facts = on([firstUser('a')], { ...TOKENS, issuer: '' })
    expect(accessProblem(aConfig(), facts)).toEqual(
      O.some({
        _tag: 'ConfigMapEntryMissing',
        namespace: 'openshift-image-registry',
        name: 'image-registry-token-auth',
        key: 'issuer',
      }),
    )
    expect(Object.keys(rendered(facts))).toEqual([names.FIRST_USER_SECRET, names.HTPASSWD_SECRET])
    expect(accessProblem(aConfig(), on([], TOKENS))).toEqual(O.none)
    expect(variables(facts)).toEqual([])
  })
})

it('a registry that lets everybody in, or asks the cluster, has no users and is told nothing', () => {
  const anonymous: Partial<Config> = { access: { anonymous: true, firstUser: true } }
  expect(rendered(on(), anonymous)).toEqual({})
  expect(variables(on(), anonymous)).toEqual([])
  expect([...access(aConfig(), someFacts()), ...variables(someFacts())]).toEqual([])
})
