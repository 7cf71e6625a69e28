import { appliedFields, hasManagedFields } from '../fields/managed-fields'
import { uncoveredPaths } from '../fields/uncovered-paths'
import { unwantedPaths } from '../fields/unwanted-paths'
import { valueDifferences } from '../fields/value-differences'
import { type JsonObject, type KubeObject, names } from '../model'

/** The body that makes the status of the Config what it should be; undefined when it is already, and ours. */
export const statusPatch = (subject: KubeObject, status: JsonObject): KubeObject | undefined => {
  const content = { status }
  const isRight = valueDifferences(content, subject).length === 0 && isHeld(subject, content)
  return isRight
    ? undefined
    : {
        apiVersion: names.CONFIG_API_VERSION,
        kind: 'Config',
        metadata: { name: subject.metadata.name },
        status,
      }
}

/** Whether we hold just this. Nothing can be said of a Config that was printed without managedFields. */
const isHeld = (subject: KubeObject, content: JsonObject): boolean => {
  if (!hasManagedFields(subject)) return true
  const held = appliedFields(subject, names.STATUS_FIELD_MANAGER, 'status') ?? {}
  return uncoveredPaths(content, held).length === 0 && unwantedPaths(content, held).length === 0
}
