import type { Result } from './matrix-tasks'

/** Something that holds in every history in which it is looked at. */
export type Property = {
  readonly id: string
  readonly words: string
  /** Whether that history says something about it. */
  readonly isAsked: (result: Result) => boolean
  /** Whether that is a failure of it. */
  readonly isBroken: (failure: string) => boolean
}

/** What is said of an edit has a table of its own. */
const always = ({ edited }: Result): boolean => edited === undefined

/** What else is said of a history is another property. */
const OTHER_END = /^in the end /

const LATE = ['a watch that lags', 'a watch is cut', 'all watches are cut', 'the past is forgotten']
const OUT_OF_ORDER = ['every event twice', 'all events again', 'events lost, then a new list']

const suffers =
  (what: ReadonlyArray<string>) =>
  ({ harm }: Result): boolean =>
    what.some((one) => (harm[one] ?? 0) > 0)

const said =
  (...words: ReadonlyArray<RegExp>) =>
  (failure: string): boolean =>
    words.some((one) => one.test(failure))

const DESTRUCTION = [
  /which it did not make/,
  /somebody else/,
  /although the registry is wanted/,
  /more than one storage/,
  /that nobody uses/,
]

/** What every history of the matrix is asked, by the numbers of the requirements. */
export const PROPERTIES: ReadonlyArray<Property> = [
  {
    id: 'R1, R2',
    words: 'whatever becomes of a write, the world ends as if nothing had',
    isAsked: always,
    isBroken: said(OTHER_END),
  },
  {
    id: 'R3',
    words: 'nothing is destroyed, and the end is the same, although what is known is old',
    isAsked: suffers(LATE),
    isBroken: said(OTHER_END, ...DESTRUCTION),
  },
  {
    id: 'R4',
    words: 'the same, although events come twice, again, or not at all',
    isAsked: suffers(OUT_OF_ORDER),
    isBroken: said(OTHER_END, ...DESTRUCTION),
  },
  {
    id: 'R8',
    words: 'it comes to rest, in few writes, and writes nothing when it is woken for nothing',
    isAsked: always,
    isBroken: said(/never comes to rest/, /although nothing is to be done/, /^\d+ writes$/),
  },
  {
    id: 'R10',
    words: 'nothing goes that no operator made, and no images while the registry is wanted',
    isAsked: always,
    isBroken: said(...DESTRUCTION),
  },
  {
    id: 'R12',
    words: 'Degraded only where a request failed or nobody could act',
    isAsked: always,
    isBroken: said(/^Degraded without a cause/),
  },
  {
    id: 'R13',
    words: 'nobody writes without the lease',
    isAsked: always,
    isBroken: said(/writes while the lease/),
  },
  {
    id: 'secrets',
    words: 'no secret in a log, an Event, a status',
    isAsked: always,
    isBroken: said(/secret can be read/),
  },
  {
    id: 'errors',
    words: 'nothing is thrown',
    isAsked: always,
    isBroken: said(/^unhandled: (?!it (never|writes))/, /Unexpected/),
  },
]

/** What is wrong with a history, and no property says so. */
export const unnamedFailures = ({ failures }: Result): ReadonlyArray<string> =>
  failures.filter((failure) => !PROPERTIES.some(({ isBroken }) => isBroken(failure)))
