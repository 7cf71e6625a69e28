import type * as t from 'io-ts'

import { boolean } from '../../../schema/boolean'
import { map } from '../../../schema/collections'
import { duration } from '../../../schema/duration'
import { integer } from '../../../schema/integer'
import { optionalObject } from '../../../schema/object'
import { string } from '../../../schema/string'
import { affinity } from '../core/affinity'
import { resourceRequirements } from '../core/resources'
import { atomicTolerations } from '../core/tolerations'

import { PLAIN_CONDITIONS } from './conditions'
import { logLevel } from './log-level'

/** What the user wants of the regular clean-up of images: `spec` of an ImagePruner. */
export const ImagePrunerSpec = optionalObject('What you want of the regular clean-up of images.', {
  affinity: affinity('Which nodes the clean-up pods prefer or need.'),
  failedJobsHistoryLimit: integer('How many failed jobs are kept.', { format: 'int32' }),
  ignoreInvalidImageReferences: boolean('Whether references that cannot be read are passed over.'),
  keepTagRevisions: integer('How many revisions of each tag are kept.'),
  keepYoungerThan: integer('Deprecated: use keepYoungerThanDuration. In nanoseconds.', {
    format: 'int64',
  }),
  keepYoungerThanDuration: duration('Images younger than this are kept.'),
  logLevel: logLevel('How much the clean-up logs.'),
  nodeSelector: map('Labels that a node must have to run the clean-up.', string('The value.')),
  resources: resourceRequirements('What a clean-up pod asks for.'),
  schedule: string('When it runs, in cron format. Empty: every day at midnight.'),
  successfulJobsHistoryLimit: integer('How many successful jobs are kept.', { format: 'int32' }),
  suspend: boolean('Whether it is suspended.'),
  tolerations: atomicTolerations('Taints of nodes that the clean-up pods put up with.'),
})

export type ImagePrunerSpec = t.TypeOf<typeof ImagePrunerSpec>

/** What is reported about the clean-up: `status` of an ImagePruner. */
export const ImagePrunerStatus = optionalObject('What the operator reports.', {
  conditions: PLAIN_CONDITIONS,
  observedGeneration: integer('The generation of this resource that was last dealt with.', {
    format: 'int64',
  }),
})
