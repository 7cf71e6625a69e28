import type { Problem } from '../model'

const MOST_PROBLEMS = 20

/** A problem of a field in one line: where, what, what to do. */
export const describeProblem = ({ path, message, remedy }: Problem): string =>
  `${path === '' ? '' : `${path}: `}${message}${remedy === '' ? '' : `; ${remedy}`}`

/** All problems of an object in one line. */
export const describeProblems = (problems: ReadonlyArray<Problem>): string => {
  const shown = problems.slice(0, MOST_PROBLEMS).map(describeProblem)
  const more = problems.length - shown.length
  return [...shown, ...(more > 0 ? [`and ${more} more problems`] : [])].join(' | ')
}
