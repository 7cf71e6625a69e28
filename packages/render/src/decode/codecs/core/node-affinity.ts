import { atomicList } from '../../../schema/collections'
import { integer } from '../../../schema/integer'
import { atomic } from '../../../schema/modifiers'
import { object, optionalObject } from '../../../schema/object'
import { string } from '../../../schema/string'

const requirements = (description: string) =>
  atomicList(
    description,
    object('One condition on a node.', {
      required: {
        key: string('Key of the label or name of the field.'),
        operator: string(
          'How key and values relate: In, NotIn, Exists, DoesNotExist, Gt (greater) or Lt (less).',
        ),
      },
      optional: {
        values: atomicList(
          'The values to compare with: none for Exists and DoesNotExist, one number for Gt and Lt.',
          string('A value.'),
        ),
      },
    }),
  )

const term = (description: string) =>
  atomic(
    optionalObject(description, {
      matchExpressions: requirements('Conditions on labels of the node.'),
      matchFields: requirements('Conditions on fields of the node.'),
    }),
  )

/** Which nodes are preferred or needed. */
export const nodeAffinity = (description: string) =>
  optionalObject(description, {
    preferredDuringSchedulingIgnoredDuringExecution: atomicList(
      'Nodes that are preferred when a pod is scheduled. The highest sum of weights wins.',
      object('One preference.', {
        required: {
          preference: term('The nodes that are preferred. An empty term gives nothing.'),
          weight: integer('How much it counts, from 1 to 100.', { format: 'int32' }),
        },
        optional: {},
      }),
    ),
    requiredDuringSchedulingIgnoredDuringExecution: atomic(
      object('Nodes that a pod may be scheduled on. No others.', {
        required: {
          nodeSelectorTerms: atomicList(
            'Ways to qualify. One of them is enough.',
            term('A way to qualify: all of its conditions hold.'),
          ),
        },
        optional: {},
      }),
    ),
  })
