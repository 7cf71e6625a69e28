import * as E from 'fp-ts/Either'

import type { Config, DesiredObject, KubeObject, LiveObjects, Observation } from '../model'
import { keyOf, refOf } from '../model'
import { aConfig } from './a-config'
import { someFacts } from './some-facts'

export const liveObjects = (...objects: ReadonlyArray<KubeObject>): LiveObjects =>
  new Map(objects.map((object) => [keyOf(refOf(object)), object]))

/** An observation of a usable Config and these objects. */
export const anObservation = (
  live: ReadonlyArray<KubeObject>,
  config: Partial<Config> = {},
): Observation => ({
  config: E.right(aConfig(config)),
  pruner: E.left({ _tag: 'NoPruner' }),
  facts: someFacts(),
  live: liveObjects(...live),
  unreadable: [],
})

export const converge = (object: KubeObject): DesiredObject => ({
  object,
  fills: [],
  mode: 'converge',
})
