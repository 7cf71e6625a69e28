import { type Pruner, PRUNER_DEFAULTS } from '../../model'
import { durationNs } from '../../schema/duration'

import type { ImagePrunerSpec } from '../codecs/config/image-pruner'

/** The text wins over the deprecated number of nanoseconds. */
const ageNs = ({
  keepYoungerThan,
  keepYoungerThanDuration,
}: ImagePrunerSpec): bigint | undefined => {
  if (keepYoungerThanDuration !== undefined) return durationNs(keepYoungerThanDuration)
  return keepYoungerThan === undefined ? undefined : BigInt(keepYoungerThan)
}

/** What is passed on as it is, and only where it is set. */
const passedOn = (spec: ImagePrunerSpec) => ({
  ...(spec.resources === undefined ? {} : { resources: spec.resources }),
  ...(spec.affinity === undefined ? {} : { affinity: spec.affinity }),
  ...(spec.nodeSelector === undefined ? {} : { nodeSelector: spec.nodeSelector }),
  ...(spec.tolerations === undefined ? {} : { tolerations: spec.tolerations }),
})

/** The clean-up with everything filled in that the user left out. The spec has been checked. */
export const completePruner = (spec: ImagePrunerSpec): Pruner => {
  const keepYoungerThanNs = ageNs(spec)
  return {
    suspend: spec.suspend ?? PRUNER_DEFAULTS.suspend,
    // Empty counts as not set: the ImagePruner that the operator makes has it so.
    schedule: spec.schedule || PRUNER_DEFAULTS.schedule,
    keepTagRevisions: spec.keepTagRevisions ?? PRUNER_DEFAULTS.keepTagRevisions,
    ...(keepYoungerThanNs === undefined ? {} : { keepYoungerThanNs }),
    successfulJobsHistoryLimit:
      spec.successfulJobsHistoryLimit ?? PRUNER_DEFAULTS.successfulJobsHistoryLimit,
    failedJobsHistoryLimit: spec.failedJobsHistoryLimit ?? PRUNER_DEFAULTS.failedJobsHistoryLimit,
    ignoreInvalidImageReferences:
      spec.ignoreInvalidImageReferences ?? PRUNER_DEFAULTS.ignoreInvalidImageReferences,
    logLevel: spec.logLevel || PRUNER_DEFAULTS.logLevel,
    ...passedOn(spec),
  }
}
