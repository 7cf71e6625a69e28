import { isFields } from './fields'

/** Whether a value says nothing: what Go writes of a field that nobody has set. */
const isNothing = (value: unknown): boolean => {
  if (value === null || value === '' || value === false || value === 0 || value === '0s')
    return true
  if (Array.isArray(value)) return value.length === 0
  return isFields(value) && Object.values(value).every(isNothing)
}

/** They write down a field that says nothing, and we leave it out. */
export const onlyTheyWriteNothing = (theirs: unknown, ours: unknown): boolean =>
  ours === undefined && isNothing(theirs)

/** We keep a field that says nothing, because the user wrote it, and they lose it. */
export const onlyWeKeepNothing = (theirs: unknown, ours: unknown): boolean =>
  theirs === undefined && isNothing(ours)

export const onlyOurs = (theirs: unknown): boolean => theirs === undefined

export const onlyTheirs = (_theirs: unknown, ours: unknown): boolean => ours === undefined

const secondsIn: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 }

const secondsOf = (value: unknown): number =>
  [...String(value).matchAll(/([\d.]+)(ms|h|m|s)/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (secondsIn[unit] ?? NaN),
    0,
  )

/** The same time, in the user's words and in those of Go. */
export const sameDuration = (theirs: unknown, ours: unknown): boolean =>
  typeof ours === 'string' && secondsOf(theirs) === secondsOf(ours)

/** The same words, without the spaces between them. */
export const sameWords = (theirs: unknown, ours: unknown): boolean =>
  typeof theirs === 'string' && /^[\w ]+$/.test(theirs) && theirs.replaceAll(' ', '') === ours

const saidIn = (line: string): string =>
  /^((ImagePruner)?\w+: )?(Error: |Unable to apply resources: )/.exec(line)?.[0] ?? line

/** The same is wrong, in other words. */
export const otherWords = (theirs: unknown, ours: unknown): boolean =>
  typeof theirs === 'string' &&
  typeof ours === 'string' &&
  theirs.split('\n').map(saidIn).join('\n') === ours.split('\n').map(saidIn).join('\n')
