import type { JsonObject } from '../../model'

/** A rule of a role: what may be done to resources of one API group. The words are separated by spaces. */
export const rule = (apiGroup: string, resources: string, verbs: string): JsonObject => ({
  apiGroups: [apiGroup],
  resources: resources.split(' '),
  verbs: verbs.split(' '),
})
