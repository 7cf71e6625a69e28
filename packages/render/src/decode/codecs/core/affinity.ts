import { optionalObject } from '../../../schema/object'

import { nodeAffinity } from './node-affinity'
import { podAffinity } from './pod-affinity'

/** Which nodes pods prefer or need, by labels of the nodes and by the pods already there. */
export const affinity = (description: string) =>
  optionalObject(description, {
    nodeAffinity: nodeAffinity('Which nodes are preferred or needed, by their own labels.'),
    podAffinity: podAffinity('Which pods are wanted nearby.'),
    podAntiAffinity: podAffinity('Which pods are not wanted nearby.'),
  })
