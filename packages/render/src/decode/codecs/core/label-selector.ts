import { atomicList, map } from '../../../schema/collections'
import { atomic } from '../../../schema/modifiers'
import { object, optionalObject } from '../../../schema/object'
import { string } from '../../../schema/string'

/** Which objects are meant, by their labels. */
export const labelSelector = (description: string) =>
  atomic(
    optionalObject(description, {
      matchExpressions: atomicList(
        'Conditions on labels. All of them must hold.',
        object('One condition on a label.', {
          required: {
            key: string('Key of the label.'),
            operator: string('How key and values relate: In, NotIn, Exists or DoesNotExist.'),
          },
          optional: {
            values: atomicList(
              'The values to compare with. Empty for Exists and DoesNotExist.',
              string('A value of the label.'),
            ),
          },
        }),
      ),
      matchLabels: map('Labels that must have exactly these values.', string('The value.')),
    }),
  )
