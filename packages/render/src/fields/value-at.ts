import { isJsonArray, isJsonObject, type Json } from '../model'
import type { FieldPath, PathStep } from './field-path'
import { hasKeys } from './list-keys'

/** What one step leads to. */
export const valueAtStep = (value: Json | undefined, step: PathStep): Json | undefined => {
  switch (step._tag) {
    case 'Field':
      return isJsonObject(value) ? value[step.name] : undefined
    case 'Item':
      return itemsOf(value).find((item) => isJsonObject(item) && hasKeys(item, step.keys))
    case 'Value':
      return itemsOf(value).find((item) => item === step.value)
    case 'Index':
      return itemsOf(value)[step.index]
  }
}

const itemsOf = (value: Json | undefined): ReadonlyArray<Json> => (isJsonArray(value) ? value : [])

/** What stands at a path; undefined when nothing does. */
export const valueAt = (value: Json | undefined, path: FieldPath): Json | undefined =>
  path.reduce(valueAtStep, value)
