import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { digestOfText } from './digest'
import type { ClaimFacts, Config, FactProblem, InfrastructureFacts } from './model'
import { names } from './model'
import { renderConfig } from './testing/render-config'
import { aConfig } from './testing/a-config'
import { desiredOf, keysOf } from './testing/desired-objects'
import { someContent, someFacts } from './testing/some-facts'
import { anS3Bucket } from './testing/some-storage'

const NAMESPACE = names.REGISTRY_NAMESPACE
const defaultClaim = { _tag: 'Pvc', claim: names.DEFAULT_CLAIM_NAME, origin: 'default' } as const
const namedClaim = { _tag: 'Pvc', claim: 'images', origin: 'named' } as const

const problemsOf = (config: Config, facts = someFacts()) =>
  renderConfig(config, facts).withheld.map(({ ref, problem }) => [ref.kind, ref.name, problem])

const templateOf = (config: Config, facts = someFacts()): unknown => {
  const spec = desiredOf(renderConfig(config, facts), 'Deployment')?.object['spec']
  return (spec as { template: unknown }).template
}

describe('the desired state', () => {
  it('has every object in the order in which it is applied', () => {
    const config = aConfig({
      storage: defaultClaim,
      defaultRoute: true,
      routes: [{ name: 'b', hostname: '', secretName: '' }],
    })
    expect(keysOf(renderConfig(config, someFacts()))).toEqual([
      `PersistentVolumeClaim./${NAMESPACE}/image-registry-storage`,
      'ClusterRole.rbac.authorization.k8s.io//system:registry',
      'ClusterRoleBinding.rbac.authorization.k8s.io//registry-registry-role',
      `ServiceAccount./${NAMESPACE}/registry`,
      `Secret./${NAMESPACE}/installation-pull-secrets`,
      `Secret./${NAMESPACE}/image-registry-private-configuration`,
      `Service./${NAMESPACE}/image-registry`,
      `Deployment.apps/${NAMESPACE}/image-registry`,
      `PodDisruptionBudget.policy/${NAMESPACE}/image-registry`,
      `NetworkPolicy.networking.k8s.io/${NAMESPACE}/image-registry-networkpolicy`,
      `Route.route.openshift.io/${NAMESPACE}/default-route`,
      `Route.route.openshift.io/${NAMESPACE}/b`,
    ])
  })

  it.each(['Removed', 'Unmanaged'] as const)('is empty when the registry is %s', (state) => {
    const desired = renderConfig(
      aConfig({ managementState: state, defaultRoute: true }),
      someFacts(),
    )
    expect(desired).toEqual({ objects: [], withheld: [] })
  })
})

describe('a bucket that is to be named for the platform', () => {
  const storage = anS3Bucket({ bucket: '', asSpecified: {} })

  it.each(['Nobody', 'Awaited'] as const)(
    'is awaited by everything that needs it, and lacks nothing before that (%s)',
    (looks) => {
      const infrastructure: InfrastructureFacts = {
        platformType: '',
        infrastructureName: '',
        singleReplicaInfrastructure: false,
        objectStore: 'unknown',
        unread: { node: 'a' },
      }
      const facts = someFacts({
        platform: 'Kubernetes',
        infrastructure: E.right(infrastructure),
        storage: { _tag: looks },
      })
      const problems = problemsOf(aConfig({ storage }), facts)
      expect(problems.map(([, name]) => name)).toEqual([
        names.PRIVATE_CONFIGURATION_SECRET,
        names.REGISTRY_NAME,
      ])
      expect(problems.map(([, , problem]) => problem)).toEqual([
        { _tag: 'MachineUnread' },
        { _tag: 'MachineUnread' },
      ])
    },
  )
})

describe('the HTTP secret', () => {
  const secretOf = (config: Config, facts = someFacts()) =>
    desiredOf(renderConfig(config, facts), 'Secret', names.PRIVATE_CONFIGURATION_SECRET)
  const live = someFacts({
    contents: [
      ...someFacts().contents,
      someContent('Secret', names.PRIVATE_CONFIGURATION_SECRET, { REGISTRY_HTTP_SECRET: 'live' }),
    ],
  })
  const fromSpec = aConfig({ httpSecret: { _tag: 'FromSpec', digest: digestOfText('spec') } })

  it('is generated where there is none', () => {
    expect(secretOf(aConfig())?.fills).toEqual([
      {
        path: ['data', 'REGISTRY_HTTP_SECRET'],
        encoding: 'base64',
        source: { _tag: 'Generated', bytes: 64 },
      },
    ])
  })

  it('is kept once it has been generated', () => {
    const secret = secretOf(aConfig(), live)
    expect(secret?.object['data']).toEqual({ REGISTRY_HTTP_SECRET: digestOfText('live') })
    expect(secret?.fills[0]?.source).toMatchObject({
      _tag: 'CopyOf',
      ref: { kind: 'Secret', name: names.PRIVATE_CONFIGURATION_SECRET },
      path: ['data', 'REGISTRY_HTTP_SECRET'],
    })
  })

  it('is generated anew where somebody has emptied it', () => {
    const emptied = someContent('Secret', names.PRIVATE_CONFIGURATION_SECRET, {
      REGISTRY_HTTP_SECRET: '',
    })
    const secret = secretOf(aConfig(), someFacts({ contents: [emptied] }))
    expect(secret?.fills[0]?.source._tag).toBe('Generated')
  })

  it('comes from the spec where that has one', () => {
    const secret = secretOf(fromSpec, live)
    expect(secret?.object['data']).toEqual({ REGISTRY_HTTP_SECRET: digestOfText('spec') })
    expect(secret?.fills[0]?.source).toMatchObject({
      _tag: 'CopyOf',
      ref: { kind: 'Config', name: 'cluster' },
      path: ['spec', 'httpSecret'],
    })
  })

  it('causes no second write and no second rollout when it has just been generated', () => {
    const checksum = (facts: typeof live) =>
      secretOf(aConfig(), facts)?.object.metadata.annotations?.[names.CHECKSUM_ANNOTATION]
    const before = someFacts()
    expect(checksum(live)).toBe(checksum(before))
    expect(templateOf(aConfig(), live)).toEqual(templateOf(aConfig(), before))
  })

  it('restarts the pods when the one in the spec changes', () => {
    const other = aConfig({ httpSecret: { _tag: 'FromSpec', digest: digestOfText('other') } })
    expect(templateOf(other)).not.toEqual(templateOf(fromSpec))
  })
})

describe('the copy of the pull secret', () => {
  it('restarts the pods once: before it has been made, its content counts already', () => {
    const copied = someFacts()
    const copy = someContent('Secret', names.PULL_SECRET_COPY, { '.dockerconfigjson': 'old' })
    expect(templateOf(aConfig(), { ...copied, contents: [...copied.contents, copy] })).toEqual(
      templateOf(aConfig(), copied),
    )
  })

  it('holds everything that the original holds, each value from there', () => {
    const original = someContent('Secret', names.CLUSTER_PULL_SECRET, {
      '.dockerconfigjson': 'credentials',
      '.another': 'value',
    })
    const facts = someFacts({ contents: [{ ...original, namespace: names.CONFIG_NAMESPACE }] })
    const copy = desiredOf(renderConfig(aConfig(), facts), 'Secret', names.PULL_SECRET_COPY)
    expect(copy?.object['data']).toEqual(original.entries)
    expect(copy?.fills.map(({ source }) => source)).toMatchObject([
      { ref: { namespace: 'openshift-config', name: 'pull-secret' }, path: ['data', '.another'] },
      { path: ['data', '.dockerconfigjson'] },
    ])
  })

  it('is without credentials where the cluster has none', () => {
    const desired = renderConfig(aConfig(), someFacts({ contents: [] }))
    const copy = desiredOf(desired, 'Secret', names.PULL_SECRET_COPY)
    expect(copy?.object['data']).toEqual({ '.dockerconfigjson': digestOfText('{"auths":{}}') })
    expect(copy?.fills[0]?.source).toEqual({ _tag: 'Literal', text: '{"auths":{}}' })
  })
})

describe('what the pods read', () => {
  const certificate = someContent('Secret', names.SERVING_CERTIFICATE_SECRET, { a: '1' })

  it.each([
    someContent('ConfigMap', names.TRUSTED_CA_CONFIG_MAP, { a: '1' }),
    someContent('Secret', names.SERVING_CERTIFICATE_SECRET, { a: '2' }),
    {
      ...someContent('Secret', names.CLUSTER_PULL_SECRET, { a: '1' }),
      namespace: 'openshift-config',
    },
  ])('D3, D4: restarts them when it changes: $kind $name', (content) => {
    const changed = someFacts({ contents: [content, certificate] })
    expect(templateOf(aConfig(), changed)).not.toEqual(
      templateOf(aConfig(), someFacts({ contents: [certificate] })),
    )
  })

  it('D4: restarts them when whom they trust changes', () => {
    const { imageConfig } = someFacts()
    const trusting = (text: string) =>
      someFacts({
        imageConfig: { ...imageConfig, additionalTrustedCa: 'mine' },
        bundles: [
          {
            namespace: 'openshift-config',
            name: 'mine',
            data: { 'foo.example.com': text },
            binaryData: {},
          },
        ],
      })
    expect(templateOf(aConfig(), trusting('one'))).not.toEqual(
      templateOf(aConfig(), trusting('other')),
    )
  })

  it('D3, D4: does not include Secrets and ConfigMaps of other names', () => {
    const more = someFacts({ contents: [someContent('Secret', 'other', { a: '1' }), certificate] })
    expect(templateOf(aConfig(), more)).toEqual(
      templateOf(aConfig(), someFacts({ contents: [certificate] })),
    )
  })
})

describe('the claim', () => {
  const claim = (changes: Partial<ClaimFacts>): ClaimFacts => ({
    name: 'images',
    accessModes: ['ReadWriteMany'],
    ours: false,
    ...changes,
  })
  const withClaim = (changes: Partial<ClaimFacts>) => someFacts({ claims: [claim(changes)] })
  const single = { storage: namedClaim, replicas: 1, rolloutStrategy: 'Recreate' } as const

  it('D12: is made once, and left alone, where the Config names none', () => {
    expect(
      desiredOf(
        renderConfig(aConfig({ storage: defaultClaim }), someFacts()),
        'PersistentVolumeClaim',
      ),
    ).toMatchObject({ mode: 'create-only', fills: [] })
  })

  it('is not made where the Config names one', () => {
    const desired = renderConfig(aConfig({ storage: namedClaim }), withClaim({}))
    expect(desiredOf(desired, 'PersistentVolumeClaim')).toBeUndefined()
    expect(desired.withheld).toEqual([])
  })

  it('that the Config names and that is not there withholds the Deployment alone', () => {
    expect(problemsOf(aConfig({ storage: namedClaim }))).toEqual([
      ['Deployment', 'image-registry', { _tag: 'ClaimMissing', claim: 'images' }],
    ])
  })

  it('D12: of the default name that is somebody else’s is neither made nor mounted', () => {
    const problem = { _tag: 'ClaimNotOurs', claim: names.DEFAULT_CLAIM_NAME }
    expect(
      problemsOf(aConfig({ storage: defaultClaim }), withClaim({ name: names.DEFAULT_CLAIM_NAME })),
    ).toEqual([
      ['PersistentVolumeClaim', names.DEFAULT_CLAIM_NAME, problem],
      ['Deployment', 'image-registry', problem],
    ])
  })

  it('of the default name that is ours is held to the same rules as any other', () => {
    const facts = withClaim({
      name: names.DEFAULT_CLAIM_NAME,
      ours: true,
      accessModes: ['ReadWriteOnce'],
    })
    expect(problemsOf(aConfig({ storage: defaultClaim, replicas: 2 }), facts)).toEqual([
      [
        'Deployment',
        'image-registry',
        {
          _tag: 'ClaimNeedsSingleWriter',
          claim: names.DEFAULT_CLAIM_NAME,
          because: { replicas: 2 },
        },
      ],
    ])
    expect(problemsOf(aConfig({ ...single, storage: defaultClaim }), facts)).toEqual([])
  })

  it('for a single writer needs one replica at most and the Recreate strategy', () => {
    const facts = withClaim({ accessModes: ['ReadWriteOnce'] })
    const because = (reason: unknown) => [
      [
        'Deployment',
        'image-registry',
        { _tag: 'ClaimNeedsSingleWriter', claim: 'images', because: reason },
      ],
    ]
    expect(problemsOf(aConfig(single), facts)).toEqual([])
    expect(problemsOf(aConfig({ ...single, replicas: 0 }), facts)).toEqual([])
    expect(problemsOf(aConfig({ ...single, replicas: 2 }), facts)).toEqual(because({ replicas: 2 }))
    expect(problemsOf(aConfig({ ...single, rolloutStrategy: 'RollingUpdate' }), facts)).toEqual(
      because({ strategy: 'RollingUpdate' }),
    )
  })

  it('for many writers is good for any number, whatever else it can do', () => {
    const facts = withClaim({ accessModes: ['ReadWriteOnce', 'ReadWriteMany'] })
    expect(problemsOf(aConfig({ storage: namedClaim, replicas: 3 }), facts)).toEqual([])
  })

  it('D12: for a single pod or for readers cannot be used', () => {
    const accessModes = ['ReadOnlyMany', 'ReadWriteOncePod']
    expect(problemsOf(aConfig(single), withClaim({ accessModes }))).toEqual([
      ['Deployment', 'image-registry', { _tag: 'ClaimUnusable', claim: 'images', accessModes }],
    ])
  })
})

describe('the owner of the volumes', () => {
  const annotation = names.SUPPLEMENTAL_GROUPS_ANNOTATION
  const missing: FactProblem = { _tag: 'AnnotationMissing', namespace: NAMESPACE, annotation }
  const malformed: FactProblem = { ...missing, _tag: 'AnnotationMalformed', value: 'x' }
  const noNamespace: FactProblem = { _tag: 'NamespaceMissing', namespace: NAMESPACE }

  it.each([missing, malformed, noNamespace])('withholds the Deployment: $_tag', (problem) => {
    expect(problemsOf(aConfig(), someFacts({ fsGroup: E.left(problem) }))).toEqual([
      ['Deployment', 'image-registry', problem],
    ])
  })
})

describe('a route', () => {
  const secured = aConfig({ routes: [{ name: 'a', hostname: 'a.b', secretName: 'a-tls' }] })

  it('takes of its certificate what there is, each from its Secret', () => {
    const facts = someFacts({
      contents: [someContent('Secret', 'a-tls', { 'tls.key': 'k', 'tls.crt': 'c', other: 'o' })],
    })
    const route = desiredOf(renderConfig(secured, facts), 'Route')
    expect(route?.object['spec']).toMatchObject({
      host: 'a.b',
      tls: {
        termination: 'reencrypt',
        certificate: digestOfText('c'),
        key: digestOfText('k'),
      },
    })
    expect(route?.fills.map(({ path, encoding }) => [path.join('.'), encoding])).toEqual([
      ['spec.tls.certificate', 'text'],
      ['spec.tls.key', 'text'],
    ])
    expect(route?.fills[1]?.source).toEqual({
      _tag: 'CopyOf',
      ref: { apiVersion: 'v1', kind: 'Secret', namespace: NAMESPACE, name: 'a-tls' },
      path: ['data', 'tls.key'],
      digest: digestOfText('k'),
    })
  })

  it('whose certificate is not there is withheld, and nothing else is', () => {
    expect(problemsOf(secured)).toEqual([
      ['Route', 'a', { _tag: 'SecretMissing', namespace: NAMESPACE, name: 'a-tls' }],
    ])
  })

  it('of a name that somebody else uses is withheld', () => {
    expect(problemsOf(secured, someFacts({ foreignRoutes: ['a'] }))).toEqual([
      ['Route', 'a', { _tag: 'RouteNotOurs', route: 'a' }],
    ])
  })

  it('is withheld on a cluster that has no Routes', () => {
    expect(problemsOf(secured, someFacts({ servedGroups: ['', 'apps'] }))).toEqual([
      ['Route', 'a', { _tag: 'ApiNotServed', group: 'route.openshift.io' }],
    ])
  })
})
