import { FAULTS, type Fault } from '../faults'
import { MATRIX } from './matrix-scenarios'
import { SETTINGS } from '../settings'
import type { Result } from './matrix-tasks'
import { OTHER_PROOFS } from './other-proofs'
import { PROPERTIES, unnamedFailures } from './properties'

const row = (cells: ReadonlyArray<string>): string => `| ${cells.join(' | ')} |`

const table = (
  head: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
): ReadonlyArray<string> => [
  row(head),
  row(head.map((_, index) => (index === 0 ? '---' : '---:'))),
  ...rows.map(row),
]

/** Runs, and how many of them failed. */
const cell = (
  results: ReadonlyArray<Result>,
  isFailed: (result: Result) => boolean = ({ failures }) => failures.length > 0,
): string => {
  const failed = results.filter(isFailed).length
  return failed === 0 ? `${results.length} / 0` : `${results.length} / **${failed}**`
}

const groupOf = ({ scenario = -1 }: Result): string => MATRIX[scenario]?.group ?? ''

const distinct = (values: ReadonlyArray<string>): ReadonlyArray<string> => [...new Set(values)]
const sorted = (values: ReadonlyArray<string>): ReadonlyArray<string> =>
  [...distinct(values)].sort()

const effectsTable = (group: string, results: ReadonlyArray<Result>): ReadonlyArray<string> => {
  const own = results.filter((result) => groupOf(result) === group && result.aimed !== undefined)
  const effects = sorted(own.map(({ aimed }) => aimed?.effect ?? ''))
  return [
    `### ${group}`,
    '',
    ...table(
      ['write', ...FAULTS],
      effects.map((effect) => [
        effect,
        ...FAULTS.map((fault) =>
          cell(own.filter(({ aimed }) => aimed?.effect === effect && aimed?.fault === fault)),
        ),
      ]),
    ),
    '',
  ]
}

/** Whether a history has that fault in it, aimed or by chance. */
const hasFault =
  (fault: Fault) =>
  ({ aimed, harm }: Result): boolean =>
    aimed?.fault === fault || (harm[fault] ?? 0) > 0

const propertiesTable = (results: ReadonlyArray<Result>): ReadonlyArray<string> =>
  table(
    ['property', 'all histories', ...FAULTS],
    PROPERTIES.map(({ id, words, isAsked, isBroken }) => {
      const asked = results.filter(isAsked)
      const isFailed = ({ failures }: Result): boolean => failures.some(isBroken)
      return [
        `**${id}**: ${words}`,
        cell(asked, isFailed),
        ...FAULTS.map((fault) => cell(asked.filter(hasFault(fault)), isFailed)),
      ]
    }),
  )

const byChance = (results: ReadonlyArray<Result>): ReadonlyArray<Result> =>
  results.filter(({ aimed, edited }) => aimed === undefined && edited === undefined)

const chanceTable = (results: ReadonlyArray<Result>): ReadonlyArray<string> =>
  table(
    ['the world wants', 'histories / failures'],
    MATRIX.map(({ group, scenario }, index) => [
      `${scenario.name} (${group})`,
      cell(byChance(results).filter((one) => one.scenario === index)),
    ]),
  )

const harmTable = (results: ReadonlyArray<Result>): ReadonlyArray<string> => {
  const kinds = sorted(results.flatMap(({ harm }) => Object.keys(harm)))
  return table(
    ['what happened by chance', 'histories', 'times'],
    kinds.map((kind) => {
      const times = results.map(({ harm }) => harm[kind] ?? 0)
      return [
        kind,
        String(times.filter((count) => count > 0).length),
        String(times.reduce((sum, count) => sum + count, 0)),
      ]
    }),
  )
}

const edits = (results: ReadonlyArray<Result>): ReadonlyArray<Result> =>
  results.filter(({ edited }) => edited !== undefined)

const editsTable = (results: ReadonlyArray<Result>): ReadonlyArray<string> =>
  table(
    ['platform', 'Configs', 'ordered pairs / failures'],
    Object.entries(SETTINGS).map(([platform, { scenarios }]) => [
      platform,
      String(scenarios.size),
      cell(edits(results).filter(({ edited }) => edited === platform)),
    ]),
  )

/** What was played. */
export type Played = {
  readonly results: ReadonlyArray<Result>
  readonly histories: number
  readonly firstSeed: number
}

/** Which seeds were played, and how it went. */
export const summary = ({ results, firstSeed }: Played): string => {
  const seeds = byChance(results).length
  const edited = edits(results).length
  const failed = results.filter(({ failures }) => failures.length > 0).length
  return `${results.length} histories: ${results.length - seeds - edited} with one fault each, ${seeds} by chance (seeds ${firstSeed} to ${firstSeed + seeds - 1}), ${edited} with an edit; ${failed} failed`
}

/** The whole of docs/fault-matrix.md. */
export const matrixDocument = (played: Played): string => {
  const { results, histories, firstSeed } = played
  const hasEdits = edits(results).length > 0
  const unnamed = results.filter((result) => unnamedFailures(result).length > 0).length
  return [
    '# The fault matrix',
    '',
    'Written by a program; do not edit.',
    '',
    '```console',
    `pnpm fault-matrix --write${hasEdits ? ' --edits' : ''} --histories ${histories} --seed ${firstSeed}`,
    '```',
    '',
    `${summary(played)}. Each cell: histories / failures. What a history is, and how one is played again: [packages/simulation](../packages/simulation/README.md).`,
    '',
    '## What holds in every history',
    '',
    'Each history is asked all of these that it says something about; a column has those in which that fault happened at least once.',
    '',
    ...propertiesTable(results),
    '',
    ...(unnamed === 0 ? [] : [`${unnamed} histories failed in another way.`, '']),
    '## What is shown elsewhere',
    '',
    ...table(
      ['property', 'cases', 'where'],
      OTHER_PROOFS.map(({ id, words, cases, where }) => [`**${id}**: ${words}`, cases, where]),
    ),
    '',
    '## Every write, every fault',
    '',
    'One fault at one write; writes of the same kind are in one row.',
    '',
    ...distinct(MATRIX.map(({ group }) => group)).flatMap((group) => effectsTable(group, results)),
    '## From every Config to every other (R5)',
    '',
    'Once the one is there somebody wants the other; in the end the world is that of a fresh installation of it, apart from what has to remain.',
    '',
    ...(hasEdits ? editsTable(results) : ['Not played this time.']),
    '',
    '## By chance',
    '',
    'Faults, crashes, old and repeated events, and people who meddle, in any number and any order, as the seed has it.',
    '',
    ...chanceTable(results),
    '',
    ...harmTable(byChance(results)),
    '',
  ].join('\n')
}
