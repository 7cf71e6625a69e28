import type { FieldPath } from '../fields/field-path'
import { branches, isLeaf } from '../fields/field-tree'
import { type FieldTree, isAppliedBy, managedEntries } from '../fields/managed-fields'
import { type KubeObject, names } from '../model'

/** The field managers besides us that hold something at a path, each once, in the order of the object. */
export const holders = (
  live: KubeObject,
  path: FieldPath,
  subresource = '',
): ReadonlyArray<string> => [
  ...new Set(
    managedEntries(live)
      .filter((entry) => !isAppliedBy(names.FIELD_MANAGER, subresource)(entry))
      .filter(({ fields }) => holds(fields, path))
      .map(({ manager }) => manager),
  ),
]

const holds = (tree: FieldTree, [step, ...rest]: FieldPath): boolean => {
  // A leaf higher up is an atomic value: it is held with everything in it.
  if (step === undefined || step._tag === 'Index') return true
  const next = branches(tree).find((branch) => JSON.stringify(branch.step) === JSON.stringify(step))
  return next !== undefined && (isLeaf(next.below) || holds(next.below, rest))
}
