import type { JsonObject, KubeObject } from '../../model'
import { withDefaults } from '../simulated-cluster/api-server-defaults'
import { asked, type Way } from '../simulated-cluster/asked'
import { keyOfObject, madeBy, type World } from '../simulated-cluster/world'
import type { CompatibilityCase } from './case'
import type { Manifest } from './manifest'
import { identityOf } from './merged-facts'

/** What YAML holds is JSON. */
const jsonOf = (spec: CompatibilityCase['config']): JsonObject | null => spec as JsonObject | null

/** The cluster after somebody has asked for the Config and the ImagePruner of a case. */
export const askedFor =
  ({ config, imagePruner }: CompatibilityCase, way: Way = 'replace') =>
  (world: World): World =>
    asked(way, 'ImagePruner', jsonOf(imagePruner))(asked(way, 'Config', jsonOf(config))(world))

/** The facts of a case, with nothing that anybody asks for. */
const factsWorld = ({ facts }: CompatibilityCase): World =>
  new Map(
    facts
      .map((fact) => madeBy('facts', withDefaults(fact as KubeObject)))
      .map((object) => [keyOfObject(object), object]),
  )

/** The cluster that an operator meets in a case. */
export const caseWorld = (given: CompatibilityCase, way: Way = 'replace'): World =>
  askedFor(given, way)(factsWorld(given))

/** Kinds of facts that an operator may change or remove; the others say nothing about it. */
const changeable = ['Image', 'PersistentVolumeClaim', 'Route']

/** What an operator has written, or may have, in a cluster: neither the facts of the case nor what others made of its work. */
export const operatorsWork = <A extends Manifest>(
  objects: ReadonlyArray<A>,
  facts: ReadonlyArray<Manifest>,
): ReadonlyArray<A> => {
  const given = facts.filter(({ kind }) => !changeable.includes(kind)).map(identityOf)
  return objects.filter((object) => {
    const { ownerReferences } = object.metadata
    const isOwned = Array.isArray(ownerReferences) && ownerReferences.length > 0
    return !isOwned && !given.includes(identityOf(object))
  })
}
