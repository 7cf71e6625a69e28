import type { DesiredObject, DesiredState } from '../model'
import { keyOf, refOf } from '../model'

/** The desired object of a kind; of that name where there are several. */
export const desiredOf = (
  { objects }: DesiredState,
  kind: string,
  name?: string,
): DesiredObject | undefined =>
  objects.find(
    ({ object }) => object.kind === kind && (name === undefined || object.metadata.name === name),
  )

/** What is desired, in order, each as `Kind.group/namespace/name`. */
export const keysOf = ({ objects }: DesiredState): ReadonlyArray<string> =>
  objects.map(({ object }) => keyOf(refOf(object)))
