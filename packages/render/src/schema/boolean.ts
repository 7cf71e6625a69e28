import * as t from 'io-ts'

import { field, refused, type Field } from './field'
import { showValue } from './show-value'

/** true or false. */
export const boolean = (description: string): Field<boolean> =>
  field({ description, type: 'boolean' }, (value, context) =>
    typeof value === 'boolean'
      ? t.success(value)
      : refused(value, context, {
          message: `must be true or false, got ${showValue(value)}`,
          remedy: 'write true or false, without quotes',
        }),
  )
