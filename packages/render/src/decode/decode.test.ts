import * as E from 'fp-ts/Either'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { digestOfBytes, digestOfText } from '../digest'
import { crds } from '../install/crds/crds'
import { keyOf, refOf, type KubeObject, type Release } from '../model'

import { decode } from './decode'

const RELEASE: Release = {
  registryImage: 'registry',
  operatorImage: 'operator',
  prunerImage: 'pruner',
  version: '1.2.3',
  imageVersion: '1.2.3',
}

const NAMESPACE = 'openshift-image-registry'

const object = (
  apiVersion: string,
  kind: string,
  name: string,
  {
    metadata = {},
    ...fields
  }: { readonly metadata?: object; readonly [field: string]: unknown } = {},
) => ({ apiVersion, kind, metadata: { name, ...metadata }, ...fields })

const namespaced = (
  apiVersion: string,
  kind: string,
  name: string,
  {
    metadata = {},
    ...fields
  }: { readonly metadata?: object; readonly [field: string]: unknown } = {},
) => object(apiVersion, kind, name, { metadata: { namespace: NAMESPACE, ...metadata }, ...fields })

const spec = { managementState: 'Managed', replicas: 2, storage: { pvc: { claim: '' } } }
const config = object('imageregistry.operator.openshift.io/v1', 'Config', 'cluster', { spec })

const range = (value: string) => ({
  annotations: { 'openshift.io/sa.scc.supplemental-groups': value },
})

const infrastructure = object('config.openshift.io/v1', 'Infrastructure', 'cluster', {
  status: {
    controlPlaneTopology: 'SingleReplica',
    platformStatus: { type: 'None', aws: null },
  },
})

const proxy = object('config.openshift.io/v1', 'Proxy', 'cluster', {
  spec: { httpProxy: 'http://asked-for' },
  status: { httpProxy: 'http://used', noProxy: '.svc' },
})

const ourNamespace = object('v1', 'Namespace', NAMESPACE, { metadata: range('1000430000/10000') })

const node = (name: string, ...labels: ReadonlyArray<string>) =>
  object('v1', 'Node', name, {
    metadata: { labels: Object.fromEntries(labels.map((key) => [key, ''])) },
  })

const claim = namespaced('v1', 'PersistentVolumeClaim', 'image-registry-storage', {
  metadata: { annotations: { 'imageregistry.openshift.io': 'true' } },
  spec: { accessModes: ['ReadWriteMany'] },
  status: { phase: 'Bound' },
})

const route = (name: string, metadata = {}) =>
  namespaced('route.openshift.io/v1', 'Route', name, { metadata })

const secret = namespaced('v1', 'Secret', 'image-registry-tls', {
  data: { 'tls.key': 'YWJj', 'tls.crt': digestOfText('seen before') },
})

const configMap = namespaced('v1', 'ConfigMap', 'trusted-ca', {
  data: { 'ca-bundle.crt': 'abc' },
  binaryData: { 'bytes.der': '/wA=' },
})

const discovery = (...groups: ReadonlyArray<string>) => ({
  apiVersion: 'apidiscovery.k8s.io/v2',
  kind: 'APIGroupDiscoveryList',
  metadata: {},
  items: groups.map((name) => ({ metadata: { name }, versions: [] })),
})

const CLUSTER: ReadonlyArray<unknown> = [
  config,
  infrastructure,
  proxy,
  ourNamespace,
  node('a', 'kubernetes.io/hostname'),
  node('b', 'kubernetes.io/hostname', 'topology.kubernetes.io/zone'),
  claim,
  secret,
  configMap,
  route('theirs'),
  route('not-applied', {
    managedFields: [
      { manager: 'image-registry-operator', operation: 'Update' },
      { manager: 'image-registry-operator', operation: 'Apply', subresource: 'status' },
    ],
  }),
  route('ours', { annotations: { 'imageregistry.openshift.io': '' } }),
  route('ours-too', {
    managedFields: [{ manager: 'image-registry-operator', operation: 'Apply' }],
  }),
  object('v1', 'ConfigMap', 'elsewhere', { data: { a: 'b' }, metadata: { namespace: 'default' } }),
]

const factsOf = (...snapshot: ReadonlyArray<unknown>) => decode(snapshot, RELEASE).facts

describe('decode', () => {
  test('reads a whole cluster', () => {
    const { config: decoded, facts, unreadable, live, subject } = decode(CLUSTER, RELEASE)
    expect(E.isRight(decoded)).toBe(true)
    expect(unreadable).toEqual([])
    expect(subject).toEqual(config)
    expect(live.size).toBe(CLUSTER.length)
    expect(facts).toMatchObject({
      platform: 'OpenShift',
      servedGroups: [
        '',
        'apps',
        'config.openshift.io',
        'imageregistry.operator.openshift.io',
        'networking.k8s.io',
        'policy',
        'rbac.authorization.k8s.io',
        'route.openshift.io',
      ],
      singleReplicaControlPlane: true,
      infrastructure: E.right({ platformType: 'None', singleReplicaInfrastructure: false }),
      tlsProfile: { minVersion: 'VersionTLS12' },
      clusterProxy: { http: 'http://used', https: '', noProxy: '.svc' },
      fsGroup: E.right(1000430000),
      nodeTopologyLabels: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'],
      contents: [
        {
          kind: 'ConfigMap',
          namespace: NAMESPACE,
          name: 'trusted-ca',
          entries: {
            'bytes.der': digestOfBytes(Uint8Array.from([255, 0])),
            'ca-bundle.crt': digestOfText('abc'),
          },
        },
        {
          kind: 'Secret',
          namespace: NAMESPACE,
          name: 'image-registry-tls',
          entries: { 'tls.crt': digestOfText('seen before'), 'tls.key': digestOfText('abc') },
        },
      ],
      claims: [
        {
          name: 'image-registry-storage',
          accessModes: ['ReadWriteMany'],
          ours: true,
        },
      ],
      foreignRoutes: ['not-applied', 'theirs'],
      configSchema: { conditionObservedGeneration: false },
      release: RELEASE,
    })
  })

  test('says that there is no Config, and gives the facts all the same', () => {
    const { config: decoded, facts, subject } = decode([infrastructure], RELEASE)
    expect(decoded).toEqual(E.left({ _tag: 'NoConfig' }))
    expect(subject).toBeUndefined()
    expect(facts.singleReplicaControlPlane).toBe(true)
  })

  test('refuses a Config whose metadata cannot be read, instead of overlooking it', () => {
    const broken = { ...config, metadata: { name: 'cluster', labels: { a: 1 } } }
    expect(decode([broken], RELEASE).config).toMatchObject(
      E.left({ _tag: 'InvalidConfig', problems: [{ path: 'metadata.labels.a' }] }),
    )
  })

  test('refuses an ImagePruner whose metadata cannot be read, instead of making another', () => {
    const metadata = { name: 'cluster', labels: { a: 1 } }
    expect(decode([{ ...config, kind: 'ImagePruner', metadata }], RELEASE).pruner).toMatchObject(
      E.left({ _tag: 'InvalidPruner', problems: [{ path: 'metadata.labels.a' }] }),
    )
  })

  test('refuses a Config of a version that it does not know', () => {
    const old = { ...config, apiVersion: 'imageregistry.operator.openshift.io/v1alpha1' }
    expect(decode([old], RELEASE).config).toMatchObject(
      E.left({ _tag: 'InvalidConfig', problems: [{ path: 'apiVersion' }] }),
    )
  })

  test('opens Lists, lists of one kind and Lists in Lists', () => {
    const { apiVersion: _version, kind: _kind, ...bareNode } = node('a', 'kubernetes.io/hostname')
    const nodes = { apiVersion: 'v1', kind: 'NodeList', items: [bareNode] }
    const all = { apiVersion: 'v1', kind: 'List', items: [config, nodes, null] }
    const { live, unreadable } = decode([{ ...all, items: [all] }], RELEASE)
    expect([...live.keys()]).toEqual([
      'Config.imageregistry.operator.openshift.io//cluster',
      'Node.//a',
    ])
    expect(unreadable).toEqual([])
  })

  test('is empty for an empty list as the API server answers it', () => {
    const empty = { apiVersion: 'v1', kind: 'NodeList', metadata: {}, items: null }
    expect(decode([empty, null, undefined], RELEASE).unreadable).toEqual([])
  })

  test('takes the newest of several copies of an object, not the last', () => {
    const copy = (resourceVersion: string | undefined, value: string) =>
      namespaced('v1', 'Service', 'image-registry', { value, metadata: { resourceVersion } })
    const chosen = (...copies: ReadonlyArray<unknown>) =>
      [...decode(copies, RELEASE).live.values()].map(({ value }) => value)
    expect(chosen(copy('9', 'old'), copy('10', 'new'))).toEqual(['new'])
    expect(chosen(copy('10', 'new'), copy('9', 'old'))).toEqual(['new'])
    expect(chosen(copy('10', 'live'), copy(undefined, 'from a file'))).toEqual(['from a file'])
    expect(chosen(copy('x', 'first'), copy('y', 'last'))).toEqual(['last'])
  })

  test('takes null in the metadata of an object for nothing', () => {
    const { unreadable, live } = decode([route('a', { annotations: null, labels: null })], RELEASE)
    expect(unreadable).toEqual([])
    expect([...live.values()][0]?.metadata).toEqual({ name: 'a', namespace: NAMESPACE })
  })

  test('lists what it cannot read and goes on with the rest', () => {
    const rubbish = [
      42,
      'text',
      [],
      {},
      { apiVersion: 'v1', kind: 'Secret' },
      object('v1', 'Node', ''),
      { ...infrastructure, status: { controlPlaneTopology: 5 } },
      namespaced('v1', 'PersistentVolumeClaim', 'bad', { spec: { accessModes: 'ReadWriteOnce' } }),
      { kind: 'APIGroupDiscoveryList', items: 'none' },
    ]
    const { unreadable, facts, config: decoded } = decode([...rubbish, config, proxy], RELEASE)
    expect(unreadable).toHaveLength(rubbish.length)
    expect(unreadable).toContainEqual({
      ref: { apiVersion: 'config.openshift.io/v1', kind: 'Infrastructure', name: 'cluster' },
      problems: [
        {
          path: 'status.controlPlaneTopology',
          message: 'must be a string, got a number',
          remedy: 'correct or remove it',
        },
      ],
    })
    expect(facts.singleReplicaControlPlane).toBe(false)
    expect(facts.claims).toEqual([])
    expect(facts.platform).toBe('OpenShift')
    expect(facts.clusterProxy.http).toBe('http://used')
    expect(E.isRight(decoded)).toBe(true)
  })

  test('keeps an object live that it cannot read, so that it is not taken for missing', () => {
    const deployment = namespaced('apps/v1', 'Deployment', 'image-registry', {
      status: { readyReplicas: 'two' },
    })
    const { live, unreadable } = decode([deployment], RELEASE)
    expect(unreadable).toHaveLength(1)
    expect(live.get('Deployment.apps/openshift-image-registry/image-registry')).toEqual(deployment)
  })

  test('lets no secret value through, redacted before or not', () => {
    const raw = [
      namespaced('v1', 'Secret', 'a', { data: { key: 'Y2FuYXJ5LTQ3MTE=' } }),
      { ...config, spec: { ...spec, httpSecret: 'canary-4711' } },
      namespaced('v1', 'Secret', 'b', { data: 'canary-4711' }),
      { kind: 'Secret', stringData: { key: 'canary-4711' } },
    ]
    const observation = decode(raw, RELEASE)
    const shown = JSON.stringify(
      { ...observation, live: [...observation.live] },
      (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value),
    )
    expect(shown).not.toMatch(/canary-4711|Y2FuYXJ5LTQ3MTE=/)
  })

  test('does not depend on the order of the snapshot', () => {
    const broken = [7, 'x', object('v1', 'Node', 'bad', { metadata: { labels: 5 } })]
    const everything = [...CLUSTER, ...broken]
    const expected = decode(everything, RELEASE)
    const shuffled = fc.shuffledSubarray(everything, { minLength: everything.length })
    fc.assert(
      fc.property(shuffled, (snapshot) => {
        const observation = decode(snapshot, RELEASE)
        expect(observation).toEqual(expected)
        expect([...observation.live.keys()]).toEqual([...expected.live.keys()])
      }),
    )
  })

  test('never throws, whatever is in the snapshot', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    })
    const kinds = fc.constantFrom(
      'Config',
      'Secret',
      'List',
      'NodeList',
      'Route',
      'Deployment',
      'APIGroupDiscoveryList',
    )
    const nearly = fc.record(
      {
        apiVersion: fc.constantFrom(
          'v1',
          'imageregistry.operator.openshift.io/v1',
          'config.openshift.io/v1',
        ),
        kind: kinds,
        metadata: fc.oneof(anything, fc.record({ name: fc.constant('cluster'), labels: anything })),
        spec: anything,
        status: anything,
        data: anything,
        items: anything,
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(anything, nearly, fc.jsonValue())), (snapshot) => {
        expect(decode(snapshot, RELEASE).facts.release).toBe(RELEASE)
      }),
      { numRuns: 500 },
    )
  })

  test('is not confused by keys that every object has', () => {
    const strange = JSON.parse(
      '{"apiVersion":"v1","kind":"constructor","metadata":{"name":"x","annotations":{"__proto__":"a"}},"__proto__":{"kind":"Secret"}}',
    ) as KubeObject
    expect(decode([strange], RELEASE).live.get(keyOf(refOf(strange)))).toEqual(strange)
    const odd = JSON.parse('{"replicas":1,"constructor":1,"__proto__":{"toString":1}}') as unknown
    expect(decode([{ ...config, spec: odd }], RELEASE).config).toMatchObject(
      E.left({ problems: [{ path: 'spec.constructor' }, { path: 'spec.__proto__' }, {}, {}] }),
    )
  })

  test('takes time in proportion to the snapshot', () => {
    const objects = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        namespaced('v1', index % 2 ? 'ConfigMap' : 'Secret', `object-${index}`, {
          metadata: { labels: { a: 'b' }, managedFields: [{ manager: 'somebody' }] },
          data: { key: index % 2 ? 'x'.repeat(2_000) : digestOfText(`${index}`) },
        }),
      )
    // Objects that have been read before cost nothing: each time others are read.
    const best = (count: number): number =>
      Math.min(
        ...Array.from({ length: 7 }, () => {
          const snapshot = objects(count)
          const started = performance.now()
          decode(snapshot, RELEASE)
          return performance.now() - started
        }),
      )
    // Eight times the objects; in a quadratic program sixty-four times the work. Other tests run beside this one.
    expect(best(1_600) / best(200)).toBeLessThan(32)
  })
})

describe('facts', () => {
  test('tell plain Kubernetes from OpenShift', () => {
    expect(factsOf(config).platform).toBe('Kubernetes')
    expect(factsOf(config).servedGroups).not.toContain('route.openshift.io')
    expect(factsOf(infrastructure).platform).toBe('OpenShift')
    expect(factsOf(discovery('config.openshift.io')).platform).toBe('OpenShift')
    expect(factsOf(discovery('apps')).platform).toBe('Kubernetes')
  })

  test('believe the cluster about what it serves', () => {
    const { servedGroups } = factsOf(discovery('apps', 'config.openshift.io'), infrastructure)
    expect(servedGroups).toEqual(['', 'apps', 'config.openshift.io'])
  })

  test('do not count what has been seen outside of the cluster', () => {
    const seen = object('image-registry-operator/v1', 'ObjectStore', 'cluster')
    expect(factsOf(seen)).toMatchObject({ platform: 'Kubernetes' })
    expect(factsOf(seen).servedGroups).not.toContain('image-registry-operator')
  })

  test('count the groups of the definitions that are there', () => {
    expect(factsOf(...crds()).servedGroups).toContain('imageregistry.operator.openshift.io')
  })

  test.each([
    ['1000430000/10000', E.right(1000430000)],
    ['1/2', E.right(1)],
    ['1/', E.right(1)],
    ['0/1', E.right(0)],
  ])('read the group of volumes from %s', (value, group) => {
    expect(
      factsOf(object('v1', 'Namespace', NAMESPACE, { metadata: range(value) })).fsGroup,
    ).toEqual(group)
  })

  test.each(['', '1000', 'x/1', '-1/5', '/5', '1e3/5', '99999999999/1', ' 1/2'])(
    'call the annotation %j malformed',
    (value) => {
      const ours = object('v1', 'Namespace', NAMESPACE, { metadata: range(value) })
      expect(factsOf(ours, infrastructure).fsGroup).toEqual(
        E.left({
          _tag: 'AnnotationMalformed',
          namespace: NAMESPACE,
          annotation: 'openshift.io/sa.scc.supplemental-groups',
          value,
        }),
      )
    },
  )

  test('miss the namespace or its annotation on OpenShift only', () => {
    const bare = object('v1', 'Namespace', NAMESPACE)
    expect(factsOf(infrastructure).fsGroup).toMatchObject(E.left({ _tag: 'NamespaceMissing' }))
    expect(factsOf(infrastructure, bare).fsGroup).toMatchObject(
      E.left({ _tag: 'AnnotationMissing' }),
    )
    expect(factsOf(bare).fsGroup).toEqual(E.right(1000))
    expect(factsOf().fsGroup).toEqual(E.right(1000))
  })

  test('presume host names when no node is known', () => {
    expect(factsOf().nodeTopologyLabels).toEqual(['kubernetes.io/hostname'])
    expect(factsOf(node('a')).nodeTopologyLabels).toEqual([])
    expect(factsOf(node('a', 'node-role.kubernetes.io/worker')).nodeTopologyLabels).toEqual([
      'node-role.kubernetes.io/worker',
    ])
  })

  test('see in the served schema whether conditions have an observedGeneration', () => {
    const [ours] = crds()
    const theirs = JSON.parse(
      JSON.stringify(ours).replaceAll('observedGeneration', 'somethingElse'),
    ) as unknown
    expect(factsOf(ours).configSchema.conditionObservedGeneration).toBe(true)
    expect(factsOf(theirs).configSchema.conditionObservedGeneration).toBe(false)
    expect(factsOf().configSchema.conditionObservedGeneration).toBe(false)
  })
})
