import { describe, expect, it } from 'vitest'

import { type ClusterFacts, isJsonObject, type JsonObject, names, objectsOf } from '../../model'
import { aConfig } from '../../testing/a-config'
import { renderConfig } from '../../testing/render-config'
import { someFacts } from '../../testing/some-facts'
import { operatorMonitoring } from './operator-monitoring'

const GROUPS = ['', 'apps', names.MONITORING_GROUP]
const OPENSHIFT = someFacts()
const KUBERNETES = someFacts({ platform: 'Kubernetes', servedGroups: GROUPS })
/** Without a first user, whom nobody knows before there is one. */
const OPEN = { access: { anonymous: true, firstUser: false } }

const rendered = (facts: ClusterFacts): ReadonlyArray<JsonObject> =>
  renderConfig(aConfig(OPEN), facts).objects.map(({ object }) => object)

const specOf = (facts: ClusterFacts, kind: string, name: string): JsonObject => {
  const found = rendered(facts).find(
    (object) =>
      object['kind'] === kind &&
      isJsonObject(object['metadata']) &&
      object['metadata']['name'] === name,
  )
  return isJsonObject(found?.['spec']) ? found['spec'] : {}
}

const text = (facts: ClusterFacts): string => JSON.stringify(rendered(facts))

describe('Prometheus', () => {
  it('is told where to ask the registry and the operator, and what to warn of', () => {
    const [endpoint] = objectsOf(
      specOf(KUBERNETES, 'ServiceMonitor', 'image-registry')['endpoints'],
    )
    const service = specOf(KUBERNETES, 'Service', names.METRICS_SERVICE_NAME)
    const [port] = objectsOf(service['ports'])
    expect(endpoint?.['port']).toBe(port?.['name'])
    expect(text(KUBERNETES)).toContain(
      `"name":"REGISTRY_HTTP_DEBUG_ADDR","value":":${String(port?.['targetPort'])}"`,
    )
    for (const { kind, metadata, spec } of operatorMonitoring)
      expect(specOf(KUBERNETES, kind, metadata.name)).toEqual(spec)
  })

  it('alone may reach the port with the metrics, on which the registry can be profiled as well', () => {
    const { ingress } = specOf(KUBERNETES, 'NetworkPolicy', names.NETWORK_POLICY_NAME)
    const rules = objectsOf(ingress).filter((rule) =>
      JSON.stringify(rule['ports']).includes(`${names.REGISTRY_METRICS_PORT}`),
    )
    expect(rules).toHaveLength(1)
    expect(JSON.stringify(rules[0]?.['from'])).toContain('"prometheus"')
    const service = specOf(KUBERNETES, 'Service', names.REGISTRY_NAME)
    expect(objectsOf(service['ports'])).toHaveLength(1)
  })

  it.each([
    ['on OpenShift, where the release tells it', { ...OPENSHIFT, servedGroups: GROUPS }],
    ['where nobody serves its kinds', { ...KUBERNETES, servedGroups: ['', 'apps'] }],
  ] as const)('is told nothing %s', (_, facts) => {
    expect(text(facts)).not.toContain(names.MONITORING_GROUP)
    expect(text(facts)).not.toContain('REGISTRY_HTTP_DEBUG')
    expect(text(facts)).not.toContain(`${names.REGISTRY_METRICS_PORT}`)
  })

  it('is told of the operator alone where the registry is OpenShift’s', () => {
    const registry = { _tag: 'OpenShift' } as const
    const facts = { ...KUBERNETES, release: { ...OPENSHIFT.release, registry } }
    expect(text(facts)).toContain('PrometheusRule')
    expect(text(facts)).not.toContain('REGISTRY_HTTP_DEBUG')
    expect(specOf(facts, 'ServiceMonitor', 'image-registry')).toEqual({})
  })
})
