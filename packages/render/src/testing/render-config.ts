import * as E from 'fp-ts/Either'

import {
  type ClusterFacts,
  type Config,
  type DesiredState,
  type KubeObject,
  partOf,
  refOf,
} from '../model'
import { render } from '../render'
import type { StatusDecision } from '../status/status'

/** What is rendered of the registry itself for a usable Config. */
export const renderConfig = (config: Config, facts: ClusterFacts): DesiredState => {
  const wishes = { config: E.right(config), pruner: E.left({ _tag: 'NoPruner' as const }) }
  const { objects, withheld } = render(wishes, facts)
  return {
    objects: objects.filter(({ object }) => partOf(refOf(object)) === 'registry'),
    withheld: withheld.filter(({ ref }) => partOf(ref) === 'registry'),
  }
}

/** What is to be written into the status of one kind; undefined when nothing is. */
export const patchOf = (
  { patches }: StatusDecision,
  kind: 'Config' | 'ImagePruner' | 'ClusterOperator' = 'Config',
): KubeObject | undefined => patches.find(({ object }) => object.kind === kind)?.object
