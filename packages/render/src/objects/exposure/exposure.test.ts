import { describe, expect, it } from 'vitest'

import { type ClusterFacts, type Config, names } from '../../model'
import { aConfig } from '../../testing/a-config'
import { desiredOf } from '../../testing/desired-objects'
import { renderConfig } from '../../testing/render-config'
import { someContent, someFacts } from '../../testing/some-facts'
import { externalHostnames } from './external-hostnames'

const NAMESPACE = names.REGISTRY_NAMESPACE
const GATEWAY = { namespace: 'edge', name: 'public' }

const onKubernetes = (changes: Partial<ClusterFacts> = {}): ClusterFacts =>
  someFacts({
    platform: 'Kubernetes',
    servedGroups: ['', 'apps', names.GATEWAY_GROUP, names.NETWORKING_GROUP],
    ...changes,
  })

const OF_EXPOSURE = ['Route', 'Ingress', 'HTTPRoute', 'BackendTLSPolicy']

const shown = (config: Config, facts: ClusterFacts) => {
  const { objects, withheld } = renderConfig(config, facts)
  return [
    ...objects.map(({ object }) => [object.kind, object.metadata.name, 'wanted']),
    ...withheld.map(({ ref, problem }) => [ref.kind, ref.name, problem]),
  ].filter(([kind]) => OF_EXPOSURE.some((one) => one === kind))
}

const own = { name: 'own', hostname: 'own.example.com', secretName: '' }

const both = aConfig({
  defaultRoute: true,
  routes: [own],
  exposure: { defaultHostname: 'registry.example.com' },
})

const byGateway = (config: Config): Config => ({
  ...config,
  exposure: { ...config.exposure, gateway: GATEWAY },
})

describe('routes of the Config', () => {
  it('are Routes wherever those are served', () => {
    const facts = onKubernetes({ servedGroups: [names.ROUTE_GROUP, names.GATEWAY_GROUP] })
    const found = [
      ['Route', 'default-route', 'wanted'],
      ['Route', 'own', 'wanted'],
    ]
    expect(shown(byGateway(both), facts)).toEqual(found)
    expect(shown(byGateway(both), someFacts())).toEqual(found)
  })

  it('are Ingresses on plain Kubernetes', () => {
    expect(shown(both, onKubernetes())).toEqual([
      ['Ingress', 'default-route', 'wanted'],
      ['Ingress', 'own', 'wanted'],
    ])
  })

  it('are HTTPRoutes where a Gateway is named', () => {
    expect(shown(byGateway(both), onKubernetes())).toEqual([
      ['HTTPRoute', 'default-route', 'wanted'],
      ['HTTPRoute', 'own', 'wanted'],
      ['BackendTLSPolicy', 'image-registry', 'wanted'],
    ])
    expect(shown(byGateway(aConfig()), onKubernetes())).toEqual([])
  })

  it('are withheld without a host name, which nothing here makes up', () => {
    const config = aConfig({ defaultRoute: true, routes: [{ ...own, hostname: '' }] })
    expect(shown(config, onKubernetes())).toEqual([
      ['Ingress', 'default-route', { _tag: 'HostnameMissing', route: 'default-route' }],
      ['Ingress', 'own', { _tag: 'HostnameMissing', route: 'own' }],
    ])
    expect(shown(byGateway(config), onKubernetes())).toEqual([
      ['BackendTLSPolicy', 'image-registry', 'wanted'],
      ['HTTPRoute', 'default-route', { _tag: 'HostnameMissing', route: 'default-route' }],
      ['HTTPRoute', 'own', { _tag: 'HostnameMissing', route: 'own' }],
    ])
  })

  it('leave alone what somebody else has made, each kind on its own', () => {
    const facts = onKubernetes({
      foreignExposures: [
        'BackendTLSPolicy/image-registry',
        'HTTPRoute/own',
        'Ingress/default-route',
      ],
    })
    expect(shown(both, facts)).toEqual([
      ['Ingress', 'own', 'wanted'],
      [
        'Ingress',
        'default-route',
        { _tag: 'RouteNotOurs', route: 'default-route', kind: 'Ingress' },
      ],
    ])
    expect(shown(byGateway(both), facts)).toEqual([
      ['HTTPRoute', 'default-route', 'wanted'],
      ['HTTPRoute', 'own', { _tag: 'RouteNotOurs', route: 'own', kind: 'HTTPRoute' }],
      [
        'BackendTLSPolicy',
        'image-registry',
        { _tag: 'RouteNotOurs', route: 'image-registry', kind: 'BackendTLSPolicy' },
      ],
    ])
  })
})

describe('an Ingress', () => {
  const ingressOf = (config: Config, facts = onKubernetes()) =>
    desiredOf(renderConfig(config, facts), 'Ingress')?.object

  it('leads to the registry, with the certificate of its Secret', () => {
    const config = aConfig({ routes: [{ ...own, secretName: 'own-tls' }] })
    const contents = [someContent('Secret', 'own-tls', { 'tls.crt': 'c' })]
    expect(ingressOf(config, onKubernetes({ contents }))?.['spec']).toEqual({
      rules: [
        {
          host: 'own.example.com',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'image-registry', port: { number: 5000 } } },
              },
            ],
          },
        },
      ],
      tls: [{ hosts: ['own.example.com'], secretName: 'own-tls' }],
    })
    expect(shown(config, onKubernetes())).toEqual([
      ['Ingress', 'own', { _tag: 'SecretMissing', namespace: NAMESPACE, name: 'own-tls' }],
    ])
  })

  it('is of the class that people name, and has the certificate of the controller otherwise', () => {
    const exposure = { defaultHostname: '', ingressClass: 'inner' }
    expect(ingressOf(aConfig({ routes: [own], exposure }))?.['spec']).toMatchObject({
      ingressClassName: 'inner',
      tls: [{ hosts: ['own.example.com'] }],
    })
  })

  it('has the controller look whom it speaks with where the authority is ours', () => {
    const serving = someContent('Secret', names.SERVING_CERTIFICATE_SECRET, { 'ca.crt': 'a' })
    const verified = (config: Config, facts: Partial<ClusterFacts> = {}) =>
      ingressOf(config, onKubernetes({ contents: [serving], ...facts }))?.metadata.annotations?.[
        'nginx.ingress.kubernetes.io/proxy-ssl-verify'
      ]
    const config = aConfig({ routes: [own] })
    expect(verified(config)).toBe('on')
    expect(verified(config, { contents: [] })).toBeUndefined()
    expect(
      verified({ ...config, certificateIssuer: { kind: 'Issuer', name: 'theirs' } }),
    ).toBeUndefined()
    expect(
      verified(config, {
        certificates: { foreignRequest: false, signer: { ours: false, issue: 0 } },
      }),
    ).toBeUndefined()
    expect(
      verified(config, {
        certificates: { foreignRequest: false, serving: { ours: false, issue: 0 } },
      }),
    ).toBeUndefined()
  })
})

describe('an HTTPRoute', () => {
  it('is attached to the listener that people name', () => {
    const config = {
      ...both,
      exposure: { ...both.exposure, gateway: { ...GATEWAY, listener: 'https' } },
    }
    const route = desiredOf(renderConfig(config, onKubernetes()), 'HTTPRoute')?.object
    expect(route?.['spec']).toMatchObject({
      hostnames: ['registry.example.com'],
      parentRefs: [{ kind: 'Gateway', namespace: 'edge', name: 'public', sectionName: 'https' }],
    })
    expect(route?.metadata.annotations).toMatchObject({ [names.OWNERSHIP_ANNOTATION]: 'true' })
  })

  it('is withheld where there is no Gateway API', () => {
    const problem = { _tag: 'ApiNotServed', group: names.GATEWAY_GROUP }
    expect(shown(byGateway(both), onKubernetes({ servedGroups: ['', 'apps'] }))).toEqual([
      ['HTTPRoute', 'default-route', problem],
      ['HTTPRoute', 'own', problem],
    ])
  })

  it('is there although nothing can say that the registry speaks TLS', () => {
    expect(shown(byGateway(both), onKubernetes({ servesBackendTls: false }))).toEqual([
      ['HTTPRoute', 'default-route', 'wanted'],
      ['HTTPRoute', 'own', 'wanted'],
      [
        'BackendTLSPolicy',
        'image-registry',
        { _tag: 'ApiNotServed', group: names.GATEWAY_GROUP, kind: 'BackendTLSPolicy v1' },
      ],
    ])
  })
})

describe('the time limit of a response', () => {
  it('is taken away where the Gateway API is sure to have one', () => {
    const rulesOf = (servesBackendTls: boolean) =>
      desiredOf(renderConfig(byGateway(both), onKubernetes({ servesBackendTls })), 'HTTPRoute')
        ?.object['spec']
    expect(rulesOf(true)).toMatchObject({ rules: [{ timeouts: { request: '0s' } }] })
    expect(JSON.stringify(rulesOf(false))).not.toContain('timeouts')
  })
})

describe('the host names outside of the cluster', () => {
  it('are those of the routes and those that routers have admitted, each once', () => {
    const routeHosts = [
      { route: 'x', host: 'OWN.example.com' },
      { route: 'y', host: 'b.example.com' },
    ]
    expect(externalHostnames(both, { routeHosts })).toEqual([
      'b.example.com',
      'own.example.com',
      'registry.example.com',
    ])
  })

  it('are none of a default route that is not wanted, or has none', () => {
    const exposure = { defaultHostname: 'registry.example.com' }
    expect(externalHostnames(aConfig({ exposure }), { routeHosts: [] })).toEqual([])
    expect(externalHostnames(aConfig({ defaultRoute: true }), { routeHosts: [] })).toEqual([])
  })
})
