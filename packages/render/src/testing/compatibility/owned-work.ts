import { type KubeObject, objectsOf, textOf } from '../../model'
import type { World } from '../simulated-cluster/world'
import type { CompatibilityCase } from './case'
import { operatorsWork } from './case-world'
import type { Fields } from './fields'
import { identityOf } from './merged-facts'
import { normalised } from './normalised'

const isOurs = (manager: string): boolean => manager.startsWith('image-registry-operator')

/** Which fields each of our managers holds. */
const holdings = ({ metadata }: KubeObject): Fields =>
  Object.fromEntries(
    objectsOf(metadata.managedFields)
      .map((entry) => [textOf(entry['manager']), entry] as const)
      .filter(([manager]) => isOurs(manager))
      .map(([manager, entry]) => [
        `${manager} ${textOf(entry['subresource'])}`.trim(),
        entry['fieldsV1'],
      ]),
  )

/** What the operator has written in a cluster, comparable, and which fields of it are ours. */
export const ownedWork = (world: World, given: CompatibilityCase): ReadonlyArray<Fields> => {
  const work = operatorsWork([...world.values()], given.facts)
  const held = new Map(work.map((object) => [identityOf(object), holdings(object)]))
  return normalised(work, given).map((object) => ({
    ...object,
    held: held.get(identityOf(object)) ?? {},
  }))
}
