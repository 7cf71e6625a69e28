import type { JsonObject } from '../model'

/** One rule of RBAC. */
export type PolicyRule = {
  readonly group: string
  readonly resources: ReadonlyArray<string>
  readonly verbs: ReadonlyArray<string>
  /** Only the objects of these names. */
  readonly resourceNames?: ReadonlyArray<string>
}

/** A rule as a manifest has it. */
export const toPolicyRule = ({
  group,
  resources,
  verbs,
  resourceNames,
}: PolicyRule): JsonObject => ({
  apiGroups: [group],
  resources,
  ...(resourceNames === undefined ? {} : { resourceNames }),
  verbs,
})
