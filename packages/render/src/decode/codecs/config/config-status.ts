import { boolean } from '../../../schema/boolean'
import { mapList } from '../../../schema/collections'
import { integer } from '../../../schema/integer'
import { withTransitionRule } from '../../../schema/modifiers'
import { object } from '../../../schema/object'
import { string } from '../../../schema/string'

import { CONDITIONS } from './conditions'
import { REPORTED_STORAGE } from './storage'

const GENERATIONS = mapList(
  'Which generation of which object was last written.',
  object('One object.', {
    required: {
      group: string('API group of the object.'),
      name: string('Name of the object.'),
      namespace: string('Namespace of the object.'),
      resource: string('Plural resource name of the object.'),
    },
    optional: {
      hash: string('Digest of the content, for kinds without a generation.'),
      lastGeneration: integer('The generation that was last written.', { format: 'int64' }),
    },
  }),
  ['group', 'resource', 'namespace', 'name'],
)

/** What the operator reports about the registry: `status` of a Config. */
export const ConfigStatus = object('What the operator reports.', {
  required: {
    storage: REPORTED_STORAGE,
    storageManaged: boolean('Deprecated: see storage.managementState.'),
  },
  optional: {
    conditions: CONDITIONS,
    generations: GENERATIONS,
    latestAvailableRevision: withTransitionRule(
      integer('The newest revision of the deployment.', { format: 'int32' }),
      { cel: 'self >= oldSelf', message: 'must only increase' },
    ),
    observedGeneration: integer('The generation of this resource that was last dealt with.', {
      format: 'int64',
    }),
    readyReplicas: integer('How many registry pods are ready.', { format: 'int32' }),
    version: string('The version that the registry has reached.'),
  },
})
