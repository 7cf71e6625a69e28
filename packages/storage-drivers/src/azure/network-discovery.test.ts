import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { armScope } from '../testing/some-azure'
import { discoveredNetwork, isOfCluster } from './network-discovery'

const CLUSTER = 'kubernetes.io_cluster.c1-x7k2p'

describe('the network of a cluster', () => {
  it('says that the cluster owns it or shares it, in either way of saying so', () => {
    const other = 'sigs.k8s.io_cluster-api-provider-azure_cluster_c1-x7k2p'
    expect(isOfCluster({ [CLUSTER]: 'owned' }, 'c1-x7k2p')).toBe(true)
    expect(isOfCluster({ [other]: 'shared' }, 'c1-x7k2p')).toBe(true)
    expect(isOfCluster({ [CLUSTER]: 'no' }, 'c1-x7k2p')).toBe(false)
    expect(isOfCluster({ [CLUSTER]: 'owned' }, 'c2')).toBe(false)
    expect(isOfCluster(undefined, 'c1-x7k2p')).toBe(false)
  })
})

type Vnet = {
  readonly name: string
  readonly tags?: object
  readonly subnets?: ReadonlyArray<object>
}

const networks = (groups: { [group: string]: ReadonlyArray<ReadonlyArray<Vnet>> }) => ({
  virtualNetworks: {
    list: (group: string) => ({ byPage: () => (groups[group] ?? [])[Symbol.iterator]() }),
  },
})

const NOT_SAID = { resourceGroup: '', vnet: '', subnet: '' }

const found = (groups: Parameters<typeof networks>[0], wanted = NOT_SAID) =>
  discoveredNetwork(armScope({ network: networks(groups) }), wanted)()

const OURS: Vnet = {
  name: 'v2',
  tags: { [CLUSTER]: 'owned' },
  subnets: [{ name: 'first' }, { name: 'second' }],
}

describe('what of a network is not said', () => {
  it('is the first subnet of the network of the cluster, on whichever page it is', async () => {
    expect(await found({ rg: [[{ name: 'v1' }], [OURS]] })).toEqual(
      E.right({ resourceGroup: 'rg', vnet: 'v2', subnet: 'first' }),
    )
  })

  it('is looked for where it is said to be', async () => {
    expect(await found({ net: [[OURS]] }, { ...NOT_SAID, resourceGroup: 'net' })).toEqual(
      E.right({ resourceGroup: 'net', vnet: 'v2', subnet: 'first' }),
    )
    expect(
      await found(
        { rg: [[OURS, { name: 'v3', subnets: [{ name: 'x' }] }]] },
        { ...NOT_SAID, vnet: 'V3' },
      ),
    ).toEqual(E.right({ resourceGroup: 'rg', vnet: 'v3', subnet: 'x' }))
  })

  it('is nothing that anybody is asked for when everything is said', async () => {
    const wanted = { resourceGroup: 'net', vnet: 'v', subnet: 'n' }
    expect(await discoveredNetwork(armScope({}), wanted)()).toEqual(E.right(wanted))
  })

  it('and cannot be found is told', async () => {
    expect(await found({ rg: [[{ name: 'v1' }]] })).toMatchObject(
      E.left({ _tag: 'StorageNotFound', message: 'failed to discover vnet name' }),
    )
    expect(await found({ rg: [[{ ...OURS, subnets: [] }]] })).toMatchObject(
      E.left({ message: 'failed to discover subnet name' }),
    )
  })
})
