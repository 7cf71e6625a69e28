import * as t from 'io-ts'

import { field, refused, type Field, type OpenApi } from './field'
import { showValue } from './show-value'

type Bounds = { readonly minimum?: number; readonly maximum?: number }

/** int32 is held to its range, which the API server leaves to whoever reads the field; without a format a Go int is meant. */
type IntegerShape = Bounds & { readonly format?: 'int32' | 'int64' }

/** The largest int64 that a JSON number holds exactly. Beyond it the API server sees no integer any more. */
export const LARGEST_INT64 = 2 ** 63 - 1024

const rangeOf = ({ format, minimum, maximum }: IntegerShape): readonly [number, number] => {
  const [least, most] =
    format === 'int32' ? [-(2 ** 31), 2 ** 31 - 1] : [-LARGEST_INT64, LARGEST_INT64]
  return [Math.max(minimum ?? least, least), Math.min(maximum ?? most, most)]
}

const rangeInWords = (shape: IntegerShape): string => {
  const [least, most] = rangeOf(shape)
  return shape.format === 'int32' || shape.minimum !== undefined
    ? `a whole number from ${least} to ${most}`
    : 'a whole number of 64 bits'
}

/** A whole number. */
export const integer = (description: string, shape: IntegerShape = {}): Field<number> => {
  const openApi: OpenApi = { description, type: 'integer', ...shape }
  const [least, most] = rangeOf(shape)
  return field(openApi, (value, context) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      const message = `must be a whole number, got ${showValue(value)}`
      return refused(value, context, { message, remedy: 'write a whole number, without quotes' })
    }
    if (value >= least && value <= most) return t.success(value)
    const words = rangeInWords(shape)
    return refused(value, context, {
      message: `must be ${words}, got ${value}`,
      remedy: `change it to ${words}`,
    })
  })
}
