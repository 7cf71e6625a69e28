import { list, mapList } from '../../../schema/collections'
import { integer } from '../../../schema/integer'
import { object } from '../../../schema/object'
import { choice, formattedString, shapedString, string } from '../../../schema/string'

const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/

// metav1.Condition's rule for types: a qualified name.
const QUALIFIED_NAME =
  '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$'

const CONDITION = object('One aspect of how things stand.', {
  required: {
    lastTransitionTime: formattedString('When the status last changed.', {
      name: 'date-time',
      holds: (text) => DATE_TIME.test(text),
      example: '2024-05-01T12:00:00Z',
    }),
    status: choice('Whether it is so.', ['True', 'False', 'Unknown']),
    type: shapedString('Which aspect.', {
      maxLength: 316,
      pattern: QUALIFIED_NAME,
      inWords: 'a qualified name, at most 316 characters',
    }),
  },
  optional: {
    message: string('The reason in a sentence, for people.'),
    observedGeneration: integer('The generation of the resource that this was said about.', {
      format: 'int64',
    }),
    reason: string('The reason in a word, for programs.'),
  },
})

/** How things stand, merged by type. */
export const CONDITIONS = mapList('How things stand, aspect by aspect.', CONDITION, ['type'])

/** How things stand, as a plain list: ImagePruner has it so. */
export const PLAIN_CONDITIONS = list('How things stand, aspect by aspect.', CONDITION)
