import * as E from 'fp-ts/Either'

import { type ClusterFacts, names, type RenderProblem } from '../../model'
import { contentDigests } from '../content-digests'
import { credentials } from './credentials'

const GROUP = 'azure_resourcegroup'

const isThere = (facts: ClusterFacts, name: string): boolean =>
  contentDigests(facts, 'Secret', { namespace: names.REGISTRY_NAMESPACE, name }) !== undefined

/**
 * Whether it is known into which resource group an account belongs. OpenShift says it. Elsewhere only the group of the nodes
 * shows, which goes with them: AKS deletes its own (`MC_…`) with the cluster, with every image in it. So people have to name one.
 * Who has a key of an account needs none.
 */
export const azureGroupNamed = (facts: ClusterFacts): E.Either<RenderProblem, unknown> =>
  facts.platform === 'OpenShift' ||
  isThere(facts, names.USER_CREDENTIALS_SECRET) ||
  !isThere(facts, names.MINTED_CREDENTIALS_SECRET)
    ? E.right(undefined)
    : credentials(facts, [
        { secret: names.MINTED_CREDENTIALS_SECRET, keys: [GROUP], use: () => undefined },
      ])
