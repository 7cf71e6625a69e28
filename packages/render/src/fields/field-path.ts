import * as E from 'fp-ts/Either'

import { isJsonObject, type Json, type JsonObject } from '../model'

/** One step into an object, as `managedFields` distinguishes them. */
export type PathStep =
  | { readonly _tag: 'Field'; readonly name: string }
  /** The item of a list whose keys have these values. */
  | { readonly _tag: 'Item'; readonly keys: JsonObject }
  /** The item of a set that is this value. */
  | { readonly _tag: 'Value'; readonly value: Json }
  /** The item at that place, of a list that is one value as a whole. */
  | { readonly _tag: 'Index'; readonly index: number }

/** Where something is in an object, from the outside in. */
export type FieldPath = ReadonlyArray<PathStep>

export const fieldStep = (name: string): PathStep => ({ _tag: 'Field', name })
export const itemStep = (keys: JsonObject): PathStep => ({ _tag: 'Item', keys })
export const valueStep = (value: Json): PathStep => ({ _tag: 'Value', value })
export const indexStep = (index: number): PathStep => ({ _tag: 'Index', index })

const PLAIN_NAME = /^[A-Za-z_][\w-]*$/

const scalarText = (value: Json): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

const stepText = (step: PathStep): string => {
  switch (step._tag) {
    case 'Field':
      return PLAIN_NAME.test(step.name) ? `.${step.name}` : `[${JSON.stringify(step.name)}]`
    case 'Item':
      return `[${Object.entries(step.keys)
        .map(([name, value]) => `${name}=${scalarText(value)}`)
        .join(',')}]`
    case 'Value':
      return `[=${scalarText(step.value)}]`
    case 'Index':
      return `[${step.index}]`
  }
}

/** As a person reads it: `spec.template.spec.containers[name=registry].image`, `data[".dockerconfigjson"]`. */
export const showPath = (path: FieldPath): string => path.map(stepText).join('').replace(/^\./, '')

/** Whether one path is the other, or leads to it. */
export const isWithin = (inner: FieldPath, outer: FieldPath): boolean =>
  showPath(inner.slice(0, outer.length)) === showPath(outer)

const parsed = (text: string): Json | undefined =>
  E.getOrElseW(() => undefined)(
    // JSON.parse gives Json by definition.
    E.tryCatch(
      () => JSON.parse(text) as Json,
      () => undefined,
    ),
  )

/** The step that a key of `fieldsV1` means: `f:spec`, `k:{"name":"registry"}`, `v:"a"`, `i:0`; undefined for `.`. */
export const stepOf = (key: string): PathStep | undefined => {
  const text = key.slice(2)
  if (key.startsWith('f:')) return fieldStep(text)
  // What is thrown on the way costs more than all the rest of this, and there are many of them.
  if (key === '.') return undefined
  const value = parsed(text)
  if (value === undefined) return undefined
  if (key.startsWith('k:')) return isJsonObject(value) ? itemStep(value) : undefined
  if (key.startsWith('v:')) return valueStep(value)
  return key.startsWith('i:') && typeof value === 'number' ? indexStep(value) : undefined
}
