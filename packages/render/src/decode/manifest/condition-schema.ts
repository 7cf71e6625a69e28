import { isJsonObject, names } from '../../model'

import type { ForeignReadings } from '../readings'

const OBSERVED_GENERATION = [
  'properties',
  'status',
  'properties',
  'conditions',
  'items',
  'properties',
  'observedGeneration',
]

const has = (schema: unknown, path: ReadonlyArray<string>): boolean => {
  const [key, ...rest] = path
  if (key === undefined) return true
  return isJsonObject(schema) && Object.hasOwn(schema, key) && has(schema[key], rest)
}

/** Whether conditions of the served Config have an observedGeneration. A schema that is not known has none. */
export const conditionObservedGeneration = (definitions: ForeignReadings['definitions']): boolean =>
  definitions
    .filter(({ object }) => object.metadata.name === names.CONFIG_DEFINITION_NAME)
    .flatMap(({ read }) => read.spec?.versions ?? [])
    .some(({ name, schema }) => name === 'v1' && has(schema?.openAPIV3Schema, OBSERVED_GENERATION))
