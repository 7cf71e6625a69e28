import type { Condition } from '../model'

/** What is said about one part, and when to look again. */
export type PartConditions = {
  readonly conditions: ReadonlyArray<Condition>
  /** When a threshold will have passed if nothing changes, in ms; absent when none is near. */
  readonly waitMs?: number
}
