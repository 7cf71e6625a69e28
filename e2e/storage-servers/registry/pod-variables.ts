import { objectEntries } from './object-entries'
import type { GivenObject, PodContainer, PodVariable } from './pod-spec'

const referred = (
  objects: ReadonlyArray<GivenObject>,
  { name, valueFrom }: PodVariable,
): string | undefined => {
  const [kind, ref] =
    valueFrom?.secretKeyRef === undefined
      ? (['ConfigMap', valueFrom?.configMapKeyRef] as const)
      : (['Secret', valueFrom.secretKeyRef] as const)
  if (ref === undefined) throw new Error(`The variable ${name} comes from where none can come from`)
  const value = objectEntries(objects, { kind, ...ref, optional: ref.optional })[ref.key]
  if (value === undefined && ref.optional !== true)
    throw new Error(`The pod cannot start: there is no ${ref.key} in ${kind} ${ref.name}`)
  return value?.toString('utf8')
}

/** The variables of a container with their values, those from Secrets and ConfigMaps too. */
export const podVariables = (
  { env = [] }: PodContainer,
  objects: ReadonlyArray<GivenObject>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    env.flatMap((variable) => {
      const value =
        variable.valueFrom === undefined ? (variable.value ?? '') : referred(objects, variable)
      return value === undefined ? [] : [[variable.name, value] as const]
    }),
  )
