import { durationNs } from '../../schema/duration'
import { showValue } from '../../schema/show-value'

/** What is wrong with a schedule and what to do about it. */
export type ScheduleProblem = { readonly message: string; readonly remedy: string }

type Field = {
  readonly name: string
  readonly least: number
  readonly most: number
  /** Words for the values from `least` on. */
  readonly words?: ReadonlyArray<string>
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const DAYS = 'sun mon tue wed thu fri sat'.split(' ')

const FIELDS: ReadonlyArray<Field> = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of the month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, words: MONTHS },
  // Sunday is 0 only: the API server refuses 7.
  { name: 'day of the week', least: 0, most: 6, words: DAYS },
]

const NAMED = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']
const EVERY = '@every '

const WHOLE_RANGE = ['*', '?']
/** As many digits as a 64-bit number surely holds. */
const NUMBER = /^\+?\d{1,18}$/

const EXAMPLE = '"0 0 * * *" for every day at midnight'

/**
 * Everything that the API server would refuse a schedule for, so that it is told with a remedy instead of being
 * tried for ever; nothing when it takes it.
 */
export const scheduleProblems = (schedule: string): ReadonlyArray<ScheduleProblem> => {
  if (schedule.includes('TZ')) return [timeZone(schedule)]
  if (schedule.startsWith('@')) return isNamed(schedule) ? [] : [unknownName(schedule)]
  const texts = schedule.split(/\s+/).filter((text) => text !== '')
  return texts.length === FIELDS.length
    ? FIELDS.flatMap((field, index) => fieldProblems(field, texts[index] ?? ''))
    : [wrongCount(schedule, texts.length)]
}

const timeZone = (schedule: string): ScheduleProblem => ({
  message: `must not name a time zone, got ${showValue(schedule)}`,
  remedy:
    'take TZ= or CRON_TZ= out: the times are those of the control plane, which are mostly UTC',
})

const isNamed = (schedule: string): boolean =>
  NAMED.includes(schedule) ||
  (schedule.startsWith(EVERY) && durationNs(schedule.slice(EVERY.length)) !== undefined)

const unknownName = (schedule: string): ScheduleProblem => ({
  message: `must be a schedule in cron format, got ${showValue(schedule)}`,
  remedy: `use one of ${NAMED.join(', ')}, "@every 6h", or five fields such as ${EXAMPLE}`,
})

const wrongCount = (schedule: string, count: number): ScheduleProblem => ({
  message: `must have five fields, got ${count} in ${showValue(schedule)}`,
  remedy: `write minute, hour, day of the month, month and day of the week, e.g. ${EXAMPLE}`,
})

const fieldProblems = (field: Field, text: string): ReadonlyArray<ScheduleProblem> => {
  const items = text.split(',').filter((item) => item !== '')
  return items.length === 0
    ? [
        {
          message: `the ${field.name} is empty, got ${showValue(text)}`,
          remedy: rangeRemedy(field),
        },
      ]
    : items.flatMap((item) => itemProblems(field, item))
}

const itemProblems = (field: Field, item: string): ReadonlyArray<ScheduleProblem> => {
  const [range = '', step, ...more] = item.split('/')
  const found = more.length > 0 ? 'has more than one slash' : rangeProblem(field, range, step)
  const told = (what: string) => `the ${field.name} ${what}, got ${showValue(item)}`
  return [
    ...(found === undefined ? [] : [{ message: told(found), remedy: rangeRemedy(field) }]),
    ...(step === undefined || isStep(step) || more.length > 0
      ? []
      : [{ message: told('has a step that is not above 0'), remedy: STEP_REMEDY }]),
  ]
}

const STEP_REMEDY = 'write a step of 1 or more, e.g. */15, or leave the slash out'

const isStep = (text: string): boolean => NUMBER.test(text) && Number(text) > 0

const rangeProblem = (
  field: Field,
  range: string,
  step: string | undefined,
): string | undefined => {
  const [low = '', high, ...more] = range.split('-')
  if (WHOLE_RANGE.includes(low)) return undefined
  if (more.length > 0) return 'has more than one dash'
  const from = valueOf(field, low)
  // A single value with a step goes on to the end.
  const to = high === undefined ? (step === undefined ? from : field.most) : valueOf(field, high)
  return from === undefined || to === undefined
    ? 'is neither a number nor a range'
    : boundsProblem(field, from, to)
}

const boundsProblem = ({ least, most }: Field, from: number, to: number): string | undefined => {
  if (from < least || Math.max(from, to) > most) return 'is out of range'
  return from > to ? 'ends before it begins' : undefined
}

const valueOf = ({ words = [], least }: Field, text: string): number | undefined => {
  const word = words.indexOf(text.toLowerCase())
  if (word >= 0) return word + least
  return NUMBER.test(text) ? Number(text) : undefined
}

const rangeRemedy = ({ least, most, words }: Field): string => {
  const orWords = words === undefined ? '' : ` (or ${words[0]} to ${words.at(-1)})`
  return `write values from ${least} to ${most}${orWords}, ranges such as ${least}-${most}, or *`
}
