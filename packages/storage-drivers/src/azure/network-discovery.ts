import type { AzureNetwork, StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { VirtualNetwork } from './azure-client'
import { azureProblem } from './azure-error'
import type { ArmScope } from './azure-scope'

/** Whether the tags of a network say that a cluster uses it; the tools that make clusters use either name. */
export const isOfCluster = (
  tags: { readonly [name: string]: string } | undefined,
  infrastructureName: string,
): boolean =>
  [
    `sigs.k8s.io_cluster-api-provider-azure_cluster_${infrastructureName}`,
    `kubernetes.io_cluster.${infrastructureName}`,
  ].some((name) => ['owned', 'shared'].includes(tags?.[name] ?? ''))

const notFound = (what: string): StorageError =>
  azureProblem('StorageNotFound', 'DiscoverNetwork', `failed to discover ${what}`)

/** More pages than any resource group has networks for. */
const PAGES = 20

type Pages = AsyncIterator<ReadonlyArray<VirtualNetwork>>

const firstInPages = async (
  pages: Pages,
  isIt: (one: VirtualNetwork) => boolean,
  pagesLeft = PAGES,
): Promise<VirtualNetwork | undefined> => {
  const page = await pages.next()
  if (page.done === true || pagesLeft <= 0) return undefined
  return page.value.find(isIt) ?? firstInPages(pages, isIt, pagesLeft - 1)
}

const vnetFound = (
  { call, arm, connection }: ArmScope,
  { resourceGroup, vnet }: AzureNetwork,
): TE.TaskEither<StorageError, VirtualNetwork | undefined> =>
  call({
    operation: 'ListVirtualNetworks',
    send: async (abortSignal) => {
      const { virtualNetworks } = await arm.network()
      return firstInPages(virtualNetworks.list(resourceGroup, { abortSignal }).byPage(), (one) =>
        vnet === ''
          ? isOfCluster(one.tags, connection.infrastructureName)
          : one.name?.toLowerCase() === vnet.toLowerCase(),
      )
    },
  })

/** The network with the names that were left out: the cluster's own network, and the first subnet of it. */
export const discoveredNetwork = (
  scope: ArmScope,
  wanted: AzureNetwork,
): TE.TaskEither<StorageError, AzureNetwork> => {
  const network = {
    ...wanted,
    resourceGroup: wanted.resourceGroup || scope.principal.resourceGroup,
  }
  if (network.vnet !== '' && network.subnet !== '') return TE.right(network)
  return pipe(
    vnetFound(scope, network),
    TE.flatMap((found): TE.TaskEither<StorageError, AzureNetwork> => {
      const vnet = found?.name ?? ''
      const subnet = network.subnet || (found?.subnets?.[0]?.name ?? '')
      if (vnet === '') return TE.left(notFound('vnet name'))
      return subnet === ''
        ? TE.left(notFound('subnet name'))
        : TE.right({ ...network, vnet, subnet })
    }),
  )
}
