import { describe, expect, it } from 'vitest'

import { type DesiredState, type JsonObject, type KubeObject, names, type Withheld } from '../model'
import { anObservation, converge } from '../testing/live-objects'
import { someFacts } from '../testing/some-facts'
import { plan } from './plan'

const exposed = (kind: string, name: string, content: JsonObject = {}): KubeObject => ({
  apiVersion: kind === 'Ingress' ? `${names.NETWORKING_GROUP}/v1` : `${names.GATEWAY_GROUP}/v1`,
  kind,
  metadata: {
    name,
    namespace: names.REGISTRY_NAMESPACE,
    uid: `uid-of-${name}`,
    resourceVersion: '7',
    generation: 2,
    annotations: { [names.OWNERSHIP_ANNOTATION]: 'true' },
  },
  ...content,
})

const INGRESS = exposed('Ingress', 'own')
const ROUTE = exposed('HTTPRoute', 'own')

const condition = (type: string, status: string, observedGeneration?: number): JsonObject => ({
  type,
  status,
  ...(observedGeneration === undefined ? {} : { observedGeneration }),
})

const said = (name: string, ...conditions: ReadonlyArray<JsonObject>): JsonObject => ({
  status: { parents: [{ parentRef: { namespace: 'edge', name }, conditions }] },
})

const WANTED: DesiredState = { objects: [converge(ROUTE)], withheld: [] }

const NOT_SERVED: Withheld = {
  ref: {
    apiVersion: `${names.GATEWAY_GROUP}/v1`,
    kind: 'HTTPRoute',
    namespace: names.REGISTRY_NAMESPACE,
    name: 'own',
  },
  problem: { _tag: 'ApiNotServed', group: names.GATEWAY_GROUP },
}

const GATEWAY = { namespace: 'edge', name: 'public' }

const isDeleted = (
  desired: DesiredState,
  live: ReadonlyArray<KubeObject>,
  isGatewayNamed = true,
): boolean => {
  const observation = anObservation([INGRESS, ...live], {
    exposure: { defaultHostname: '', ...(isGatewayNamed ? { gateway: GATEWAY } : {}) },
  })
  const facts = someFacts({
    platform: 'Kubernetes',
    servedGroups: ['', names.NETWORKING_GROUP, names.GATEWAY_GROUP],
  })
  return plan(desired, { ...observation, facts }).some(
    ({ _tag, ref }) => _tag === 'DeleteObject' && ref.kind === 'Ingress',
  )
}

describe('an Ingress that an HTTPRoute takes the place of', () => {
  it.each<readonly [string, ReadonlyArray<KubeObject>]>([
    ['there is no HTTPRoute yet', []],
    ['nobody has answered for it', [ROUTE]],
    [
      'another Gateway has taken it up',
      [{ ...ROUTE, ...said('private', condition('Accepted', 'True')) }],
    ],
    ['the Gateway refuses it', [{ ...ROUTE, ...said('public', condition('Accepted', 'False')) }]],
    [
      'it does not find the registry',
      [
        {
          ...ROUTE,
          ...said('public', condition('Accepted', 'True'), condition('ResolvedRefs', 'False')),
        },
      ],
    ],
    [
      'it has taken up what the HTTPRoute was before',
      [{ ...ROUTE, ...said('public', condition('Accepted', 'True', 1)) }],
    ],
    [
      'it is somebody else’s HTTPRoute that was taken up',
      [
        {
          ...ROUTE,
          metadata: { ...ROUTE.metadata, annotations: {} },
          ...said('public', condition('Accepted', 'True', 2)),
        },
      ],
    ],
    [
      'the Gateway does not take how to speak with the registry',
      [
        { ...ROUTE, ...said('public', condition('Accepted', 'True', 2)) },
        exposed('BackendTLSPolicy', names.REGISTRY_NAME, {
          status: {
            ancestors: [
              {
                ancestorRef: { namespace: 'edge', name: 'public' },
                conditions: [condition('Accepted', 'False')],
              },
            ],
          },
        }),
      ],
    ],
  ])('stays while %s', (_name, live) => {
    expect(isDeleted(WANTED, live)).toBe(false)
  })

  it('stays while the HTTPRoute cannot be made', () => {
    expect(isDeleted({ objects: [], withheld: [NOT_SERVED] }, [])).toBe(false)
  })

  it.each([
    ['as it is', condition('Accepted', 'True', 2)],
    ['whichever that was', condition('Accepted', 'True')],
  ])('goes once the Gateway has taken that up, %s', (_name, accepted) => {
    const route = {
      ...ROUTE,
      ...said('public', accepted, condition('ResolvedRefs', 'True')),
    }
    expect(isDeleted(WANTED, [route])).toBe(true)
  })

  it('goes at once where no HTTPRoute is to take its place', () => {
    expect(isDeleted({ objects: [], withheld: [] }, [])).toBe(true)
    expect(
      isDeleted({ objects: [converge(exposed('HTTPRoute', 'other'))], withheld: [] }, []),
    ).toBe(true)
    expect(isDeleted(WANTED, [], false)).toBe(true)
  })
})
