import { describe, expect, it } from 'vitest'

import { type ClusterFacts, type Json, type KubeObject, names } from '../../model'
import { someFacts } from '../../testing/some-facts'
import { configWarnings } from '../config/config-warnings'
import { decode } from '../decode'
import { exposureProblems, exposureWishes } from './exposure-wishes'

const subjectWith = (annotations: { readonly [key: string]: string }): KubeObject => ({
  apiVersion: names.CONFIG_API_VERSION,
  kind: 'Config',
  metadata: { name: 'cluster', annotations },
})

const {
  GATEWAY_ANNOTATION: GATEWAY,
  INGRESS_CLASS_ANNOTATION: CLASS,
  DEFAULT_HOSTNAME_ANNOTATION: HOSTNAME,
} = names

describe('how the registry is to be reached', () => {
  it('is said by annotations', () => {
    expect(exposureWishes(subjectWith({}))).toEqual({ defaultHostname: '' })
    expect(
      exposureWishes(
        subjectWith({ [GATEWAY]: 'edge/public', [CLASS]: 'inner', [HOSTNAME]: 'r.example.com' }),
      ),
    ).toEqual({
      defaultHostname: 'r.example.com',
      gateway: { namespace: 'edge', name: 'public' },
      ingressClass: 'inner',
    })
  })

  it('may name a listener', () => {
    expect(exposureWishes(subjectWith({ [GATEWAY]: 'edge/public/https' })).gateway).toEqual({
      namespace: 'edge',
      name: 'public',
      listener: 'https',
    })
  })

  it.each(['public', 'edge/', '/public', 'edge/public/', 'edge/public/https/443', 'Edge/public'])(
    'is not said by %s',
    (text) => {
      expect(exposureWishes(subjectWith({ [GATEWAY]: text })).gateway).toBeUndefined()
    },
  )
})

describe('what is wrong with it', () => {
  type Spec = Parameters<typeof exposureProblems>[1]
  const spec: Spec = {
    replicas: 1,
    defaultRoute: true,
    routes: [{ name: 'own', hostname: 'own.example.com' }],
  }
  const messages = (
    annotations: { readonly [key: string]: string },
    platform: ClusterFacts['platform'] = 'Kubernetes',
    asked: Spec = spec,
  ) =>
    exposureProblems(
      { subject: subjectWith(annotations), facts: someFacts({ platform }) },
      asked,
    ).map(({ path, message }) => `${path} ${message}`)

  const WRONG = { [GATEWAY]: 'public', [CLASS]: 'In ner', [HOSTNAME]: 'r_example' }

  it('names the annotation', () => {
    expect(messages(WRONG)).toEqual([
      `metadata.annotations["${GATEWAY}"] must be <namespace>/<name> or <namespace>/<name>/<listener>, got "public"`,
      expect.stringMatching(
        /ingress-class"\] must be the name of an IngressClass .*, got "In ner"/,
      ),
      expect.stringMatching(/default-hostname"\] must be a host name .*, got "r_example"/),
    ])
  })

  it('is nothing on OpenShift, where it does not count', () => {
    expect(messages(WRONG, 'OpenShift')).toEqual([])
  })

  it('is nothing where it is right, or a host name that nobody uses', () => {
    const right = { [GATEWAY]: 'edge/public', [CLASS]: 'inner', [HOSTNAME]: 'r.example.com' }
    expect(messages(right)).toEqual([])
    expect(messages({ [HOSTNAME]: 'r_example' }, 'Kubernetes', { replicas: 1 })).toEqual([])
  })

  it('is a default route with the host name of another', () => {
    expect(messages({ [HOSTNAME]: 'own.example.com' })).toEqual([
      `metadata.annotations["${HOSTNAME}"] "own.example.com" is also the host name of spec.routes[0]`,
    ])
  })
})

describe('what shows of it in the cluster', () => {
  const inOurs = (apiVersion: string, kind: string, name: string, marks = {}): KubeObject => ({
    apiVersion,
    kind,
    metadata: { name, namespace: names.REGISTRY_NAMESPACE, annotations: marks },
  })
  const factsOf = (...objects: ReadonlyArray<KubeObject>) =>
    decode(objects, someFacts().release).facts

  it('is what is not ours', () => {
    const mark = { [names.OWNERSHIP_ANNOTATION]: 'true' }
    const elsewhere = inOurs('networking.k8s.io/v1', 'Ingress', 'c')
    expect(
      factsOf(
        inOurs('networking.k8s.io/v1', 'Ingress', 'b'),
        inOurs('networking.k8s.io/v1', 'Ingress', 'a', mark),
        inOurs('gateway.networking.k8s.io/v1', 'HTTPRoute', 'b'),
        inOurs('gateway.networking.k8s.io/v1', 'BackendTLSPolicy', 'image-registry', mark),
        { ...elsewhere, metadata: { ...elsewhere.metadata, namespace: 'elsewhere' } },
      ).foreignExposures,
    ).toEqual(['HTTPRoute/b', 'Ingress/b'])
  })

  const discovery = (...versions: ReadonlyArray<unknown>) =>
    ({
      apiVersion: 'apidiscovery.k8s.io/v2',
      kind: 'APIGroupDiscoveryList',
      items: [
        { metadata: { name: names.GATEWAY_GROUP }, versions },
        { metadata: { name: 'apps' }, versions: [{ version: 'v1', resources: [] }] },
      ],
    }) as unknown as KubeObject

  it.each([
    [true, 'nothing is told of versions', []],
    [true, 'resources are not told', [{ version: 'v1' }]],
    [true, 'it is', [{ version: 'v1', resources: [{ resource: 'backendtlspolicies' }] }]],
    [false, 'only other kinds are', [{ version: 'v1', resources: [{ resource: 'httproutes' }] }]],
    [
      false,
      'only an older version is',
      [{ version: 'v1alpha3', resources: [{ resource: 'backendtlspolicies' }] }],
    ],
  ])('is %s of BackendTLSPolicy being served where %s', (served, _, versions) => {
    expect(factsOf(discovery(...versions)).servesBackendTls).toBe(served)
  })
})

describe('what somebody may not have meant', () => {
  const paths = (
    annotations: { readonly [key: string]: string },
    routes: Json = [{ name: 'a' }, 'b', { name: 'c', secretName: 'tls' }],
  ) =>
    configWarnings({ ...subjectWith(annotations), spec: { replicas: 1, routes } }, 'written').map(
      ({ path }) => path,
    )

  it('is a certificate that nobody will see, since the Gateway has one', () => {
    expect(paths({ [GATEWAY]: 'edge/public' })).toEqual(['spec.routes[2].secretName'])
    expect(paths({ [GATEWAY]: 'edge/public' }, 'none')).toEqual([])
    expect(paths({})).toEqual([])
  })
})
