import type { Situation } from '../situation'

/** Progress is told in steps: not every batch is news. */
const STEP = 1000

/** How far the removal of the storage outside of the cluster is; undefined when nothing of it has to go any more. */
export const leavingStorage = ({ outside }: Situation): string | undefined => {
  if (outside?.isLeft !== true) return undefined
  const place = outside.target?.place ?? 'The storage'
  const removed = Math.floor((outside.facts?.work?.removedObjects ?? 0) / STEP) * STEP
  return removed === 0
    ? `${place} is being removed`
    : `${place} is being removed: more than ${removed} objects so far`
}
