import * as t from 'io-ts'

import { field, refused, type Field } from './field'
import { LARGEST_INT64 } from './integer'
import { showValue } from './show-value'

// The grammar of resource.Quantity, as the API machinery publishes it for generated schemas.
const PATTERN =
  '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$'

const SHAPE = new RegExp(PATTERN)

const isQuantity = (value: unknown): value is number | string =>
  typeof value === 'string'
    ? SHAPE.test(value)
    : typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= LARGEST_INT64

/** An amount of a resource: a whole number, or text with a unit. */
export const quantity = (description: string): Field<number | string> =>
  field(
    {
      description,
      anyOf: [{ type: 'integer' }, { type: 'string' }],
      pattern: PATTERN,
      'x-kubernetes-int-or-string': true,
    },
    (value, context) =>
      isQuantity(value)
        ? t.success(value)
        : refused(value, context, {
            message: `must be a quantity, got ${showValue(value)}`,
            remedy: 'write it like 100m, 0.5, 256Mi or 10Gi',
          }),
  )
