import { atomicList } from '../../../schema/collections'
import { integer } from '../../../schema/integer'
import { object, optionalObject } from '../../../schema/object'
import { string } from '../../../schema/string'

import { labelSelector } from './label-selector'

const labelKeys = (description: string) => atomicList(description, string('Key of a label.'))

const term = (description: string) =>
  object(description, {
    required: {
      topologyKey: string('Label of nodes. Nodes with the same value are near one another.'),
    },
    optional: {
      labelSelector: labelSelector('Which pods are meant. Unset: none.'),
      matchLabelKeys: labelKeys(
        'Labels of the pod in question. Only pods with the same values are meant.',
      ),
      mismatchLabelKeys: labelKeys(
        'Labels of the pod in question. Only pods with other values are meant.',
      ),
      namespaceSelector: labelSelector(
        'Namespaces to look in, besides those listed. An empty selector stands for all namespaces.',
      ),
      namespaces: atomicList(
        "Namespaces to look in. Without any, and without a selector, it is the pod's own.",
        string('Name of a namespace.'),
      ),
    },
  })

/** Which pods are wanted nearby, or not: both have the same shape. */
export const podAffinity = (description: string) =>
  optionalObject(description, {
    preferredDuringSchedulingIgnoredDuringExecution: atomicList(
      'Preferences when a pod is scheduled. The highest sum of weights wins.',
      object('One preference.', {
        required: {
          podAffinityTerm: term('The pods in question, and how near is near.'),
          weight: integer('How much it counts, from 1 to 100.', { format: 'int32' }),
        },
        optional: {},
      }),
    ),
    requiredDuringSchedulingIgnoredDuringExecution: atomicList(
      'Demands when a pod is scheduled. All of them must be met.',
      term('The pods in question, and how near is near.'),
    ),
  })
