import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { ClusterFacts, Config, ImageConfigFacts, RouteHost, Wishes } from '../../model'
import { aConfig } from '../../testing/a-config'
import { someFacts } from '../../testing/some-facts'
import { imageConfig } from './image-config'

const NO_PRUNER = E.left({ _tag: 'NoPruner' as const })
const NO_CONFIG: Wishes = { config: E.left({ _tag: 'NoConfig' }), pruner: NO_PRUNER }

const wishing = (managementState: Config['managementState']): Wishes => ({
  config: E.right(aConfig({ managementState })),
  pruner: NO_PRUNER,
})

const rendered = (wishes: Wishes, facts: Partial<ClusterFacts>) =>
  imageConfig(wishes, someFacts(facts))

const statusOf = (wishes: Wishes, facts: Partial<ClusterFacts>): unknown => {
  const [first] = rendered(wishes, facts)
  return first !== undefined && E.isRight(first) ? first.right.object['status'] : 'nothing'
}

const asked = (changes: Partial<ImageConfigFacts>): Partial<ClusterFacts> => ({
  imageConfig: { ...someFacts().imageConfig, ...changes },
})

const host = (route: string, name: string): RouteHost => ({ route, host: name })

const SERVICE = 'image-registry.openshift-image-registry.svc'

describe('the image configuration of the cluster', () => {
  it('is made where it is missing, with an empty spec, and left alone', () => {
    expect(rendered(NO_CONFIG, asked({ exists: false }))).toMatchObject([
      E.right({
        mode: 'create-only',
        object: { kind: 'Image', metadata: { name: 'cluster' }, spec: {} },
      }),
    ])
  })

  it('is none of our business where the cluster has no such thing', () => {
    expect(rendered(wishing('Managed'), { servedGroups: ['', 'apps'] })).toEqual([])
  })

  it('is only written in its status', () => {
    expect(rendered(wishing('Managed'), {})).toMatchObject([
      E.right({
        mode: 'converge',
        subresource: 'status',
        object: {
          apiVersion: 'config.openshift.io/v1',
          metadata: { name: 'cluster' },
          status: { internalRegistryHostname: `${SERVICE}:5000` },
        },
      }),
    ])
  })

  it('has no status at all where there is nothing to say', () => {
    expect(statusOf(NO_CONFIG, {})).toBeUndefined()
  })
})

describe('the name inside the cluster', () => {
  it.each([
    ['a registry that is about to be made', wishing('Managed'), undefined, `${SERVICE}:5000`],
    ['a registry that is about to go', wishing('Removed'), 5000, undefined],
    ['a Service that is left to others', wishing('Unmanaged'), 5001, `${SERVICE}:5001`],
    ['a Service without a Config', NO_CONFIG, 5000, `${SERVICE}:5000`],
    ['a Service on the port of HTTPS', NO_CONFIG, 443, SERVICE],
  ])('of %s', (_, wishes, servicePort, expected) => {
    const facts = servicePort === undefined ? {} : { servicePort }
    expect(statusOf(wishes, facts)).toEqual(
      expected === undefined ? undefined : { internalRegistryHostname: expected },
    )
  })
})

describe('the names outside the cluster', () => {
  const routeHosts = [
    host('a', 'z.example.com'),
    host('b', 'y.example.com'),
    host('c', 'y.example.com'),
    host('default-route', 'registry.apps.example.com'),
    host('default-route-openshift-image-registry', 'default-route-openshift-image-registry.apps'),
  ]

  it('begin with that of the default Route; the others are in order, each once', () => {
    expect(statusOf(wishing('Unmanaged'), { routeHosts })).toEqual({
      externalRegistryHostnames: [
        'registry.apps.example.com',
        'default-route-openshift-image-registry.apps',
        'y.example.com',
        'z.example.com',
      ],
    })
  })

  it('are gone with the registry', () => {
    expect(statusOf(wishing('Removed'), { routeHosts })).toBeUndefined()
  })
})

describe('how image streams import', () => {
  it('is said where the cluster has the choice', () => {
    expect(statusOf(NO_CONFIG, asked({ importMode: E.right('PreserveOriginal') }))).toEqual({
      imageStreamImportMode: 'PreserveOriginal',
    })
  })

  it('stays as it is, and says why, while it cannot be said; the names are said all the same', () => {
    const problem = { _tag: 'ClusterVersionMissing' as const }
    const unknown = asked({ importMode: E.left(problem), reportedImportMode: 'Legacy' })
    expect(statusOf(wishing('Managed'), unknown)).toEqual({
      internalRegistryHostname: `${SERVICE}:5000`,
      imageStreamImportMode: 'Legacy',
    })
    expect(rendered(wishing('Managed'), unknown)[1]).toMatchObject(
      E.left({ ref: { kind: 'Image', name: 'cluster' }, problem }),
    )
    expect(statusOf(NO_CONFIG, asked({ importMode: E.left(problem) }))).toBeUndefined()
  })

  it('is taken back where the cluster has no choice any more', () => {
    expect(statusOf(NO_CONFIG, asked({ reportedImportMode: 'Legacy' }))).toBeUndefined()
  })
})
