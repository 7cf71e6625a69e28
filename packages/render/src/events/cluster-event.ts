import type { ObjectRef } from '../model'

/** One thing to tell people by an Event: something has changed that nobody asked for in the Config just now. */
export type ClusterEvent = {
  readonly type: 'Normal' | 'Warning'
  /** A CamelCase word; those that the original operator uses where it tells the same. */
  readonly reason: string
  readonly message: string
  /** Which half of the operator tells it: the original names them apart. */
  readonly from: 'operator' | 'config-observer'
  /** What it is about, beside the operator. */
  readonly related?: ObjectRef
  /** What goes on for several passes is told when it begins. */
  readonly lasting?: true
}

export const normal = (reason: string, message: string): ClusterEvent => ({
  type: 'Normal',
  reason,
  message,
  from: 'operator',
})

export const warning = (reason: string, message: string): ClusterEvent => ({
  type: 'Warning',
  reason,
  message,
  from: 'operator',
})
