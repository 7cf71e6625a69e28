import { describe, expect, it } from 'vitest'

import { type ClusterFacts, type Config, type JsonObject, type KubeObject, names } from '../model'
import {
  aDeployment,
  aPass,
  NOW,
  SIX_MINUTES_AGO,
  TWO_MINUTES_AGO,
} from '../testing/status-fixtures'
import { someFacts } from '../testing/some-facts'
import { status } from './status'

const KUBERNETES = { platform: 'Kubernetes' as const, servedGroups: ['', 'apps'] }

const exposed = (
  apiVersion: string,
  kind: string,
  name: string,
  { made = SIX_MINUTES_AGO, ...content }: JsonObject = {},
): KubeObject => ({
  apiVersion,
  kind,
  metadata: {
    name,
    namespace: names.REGISTRY_NAMESPACE,
    creationTimestamp: made,
    annotations: { [names.OWNERSHIP_ANNOTATION]: 'true' },
  },
  ...content,
})

const anIngress = (content: JsonObject = {}): KubeObject =>
  exposed('networking.k8s.io/v1', 'Ingress', 'own', {
    spec: { rules: [{ host: 'own.example.com' }] },
    ...content,
  })

const ofGateway = (kind: string, name: string, content: JsonObject = {}): KubeObject =>
  exposed('gateway.networking.k8s.io/v1', kind, name, content)

const INGRESSES: Partial<Config> = {
  routes: [{ name: 'own', hostname: 'own.example.com', secretName: '' }],
}

const GATEWAY: Partial<Config> = {
  ...INGRESSES,
  exposure: { defaultHostname: '', gateway: { namespace: 'edge', name: 'public' } },
}

const told = (
  config: Partial<Config>,
  objects: ReadonlyArray<KubeObject>,
  facts: Partial<ClusterFacts> = {},
) => {
  const input = aPass({ config, live: [aDeployment(), ...objects] })
  const { conditions, requeueAfterMs } = status({
    ...input,
    observation: { ...input.observation, facts: someFacts({ ...KUBERNETES, ...facts }) },
  })
  const degraded = conditions.find(({ type }) => type === 'Degraded')
  return [`${degraded?.reason}: ${degraded?.message}`, requeueAfterMs]
}

const FINE = [': ', undefined]

describe('an Ingress without an address', () => {
  const text =
    'RouteDegraded: Ingress own (host own.example.com, class none) has no address: no ingress controller has taken it up'

  it('is told after a while', () => {
    expect(told(INGRESSES, [anIngress()])).toEqual([text, undefined])
    expect(told(INGRESSES, [anIngress({ status: { loadBalancer: {} } })])).toEqual([
      text,
      undefined,
    ])
  })

  it('is waited for before', () => {
    expect(told(INGRESSES, [anIngress({ made: TWO_MINUTES_AGO })])).toEqual([': ', 181_000])
    expect(told(INGRESSES, [])).toEqual(FINE)
  })

  it('is told with its class', () => {
    const spec = { ingressClassName: 'inner', rules: [{ host: 'own.example.com' }] }
    expect(told(INGRESSES, [anIngress({ spec })])[0]).toContain('class inner')
  })

  it('is of no interest with an address, when it is not ours, or where there are Routes', () => {
    const status_ = { loadBalancer: { ingress: [{ ip: '192.0.2.7' }] } }
    expect(told(INGRESSES, [anIngress({ status: status_ })])).toEqual(FINE)
    expect(told(INGRESSES, [anIngress()], { foreignExposures: ['Ingress/own'] })).toEqual(FINE)
    expect(told(INGRESSES, [anIngress()], { servedGroups: ['route.openshift.io'] })).toEqual(FINE)
    expect(told(INGRESSES, [anIngress()], { platform: 'OpenShift' })).toEqual(FINE)
  })
})

describe('an HTTPRoute', () => {
  const verdict = (
    condition: JsonObject,
    parent: JsonObject = { namespace: 'edge', name: 'public' },
  ): JsonObject => ({
    status: {
      parents: [
        {
          parentRef: parent,
          conditions: [
            { type: 'ResolvedRefs', status: 'True' },
            {
              type: 'Accepted',
              status: 'False',
              reason: 'NotAllowedByListeners',
              message: 'no listener lets it',
              lastTransitionTime: SIX_MINUTES_AGO,
              ...condition,
            },
          ],
        },
      ],
    },
  })
  const withVerdict = (...given: Parameters<typeof verdict>) =>
    ofGateway('HTTPRoute', 'own', verdict(...given))
  const who = 'HTTPRoute own (Gateway edge/public) not accepted'

  it('that is not accepted is told after a while, with the reason', () => {
    expect(told(GATEWAY, [withVerdict({})])).toEqual([
      `RouteDegraded: ${who}: NotAllowedByListeners: no listener lets it`,
      undefined,
    ])
    expect(told(GATEWAY, [withVerdict({ lastTransitionTime: NOW })])).toEqual([': ', 301_000])
  })

  it('that is accepted is fine', () => {
    expect(told(GATEWAY, [withVerdict({ status: 'True' })])).toEqual(FINE)
    expect(told(GATEWAY, [withVerdict({ type: 'Programmed' })])).toEqual(FINE)
  })

  it('that no controller has answered for is told', () => {
    const text = `RouteDegraded: ${who}: no controller has answered for it`
    expect(told(GATEWAY, [ofGateway('HTTPRoute', 'own')])[0]).toBe(text)
    expect(told(GATEWAY, [withVerdict({}, { namespace: 'edge', name: 'former' })])[0]).toBe(text)
    expect(told(GATEWAY, [withVerdict({ status: 'True' }, { name: 'public' })])[0]).toBe(text)
  })

  it('counts with the policy that it needs, once somebody has refused that', () => {
    const accepted = withVerdict({ status: 'True' })
    const policy = (conditions: ReadonlyArray<JsonObject>) =>
      ofGateway('BackendTLSPolicy', 'image-registry', {
        status: {
          ancestors: [{ ancestorRef: { namespace: 'edge', name: 'public' }, conditions }],
        },
      })
    const refused = {
      type: 'ResolvedRefs',
      status: 'False',
      reason: 'InvalidCACertificateRef',
      message: 'no such ConfigMap',
      lastTransitionTime: SIX_MINUTES_AGO,
    }
    expect(told(GATEWAY, [accepted, policy([refused])])[0]).toBe(
      'RouteDegraded: BackendTLSPolicy image-registry (Gateway edge/public) not accepted: InvalidCACertificateRef: no such ConfigMap',
    )
    expect(told(GATEWAY, [accepted, policy([])])).toEqual(FINE)
    expect(told(GATEWAY, [accepted, ofGateway('BackendTLSPolicy', 'image-registry')])).toEqual(FINE)
  })
})
