import { seconds } from './printer'

const total = (metrics: string, isCounted: (line: string) => boolean): number =>
  metrics
    .split('\n')
    .filter((line) => line.startsWith('image_registry_operator_api_requests_total{'))
    .filter(isCounted)
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)

const hasVerb =
  (...verbs: ReadonlyArray<string>) =>
  (line: string): boolean =>
    verbs.some((verb) => line.includes(`verb="${verb}"`))

/** What it took, in one line, from the operator's own metrics. */
export const summary = (
  metrics: string,
  made: ReadonlyArray<string>,
  elapsedMs: number,
): string => {
  const all = total(metrics, () => true)
  const watches = total(metrics, hasVerb('watch'))
  const writes = total(metrics, hasVerb('apply', 'patch', 'create', 'update', 'delete'))
  return (
    `${made.length} objects made in ${seconds(elapsedMs)}, with ${all} API requests: ` +
    `${writes} writes, ${watches} watches and ${all - writes - watches} other reads`
  )
}

const plural = (kind: string): string => `${kind}s`.replace(/ys$/, 'ies')

/** How many objects of which kind, in the order of their first appearance. */
export const kindsOf = (made: ReadonlyArray<string>): string => {
  const kinds = made.map((name) => name.slice(0, name.indexOf(' ')))
  return [...new Set(kinds)]
    .map((kind) => [kind, kinds.filter((each) => each === kind).length] as const)
    .map(([kind, count]) => (count === 1 ? kind : `${count} ${plural(kind)}`))
    .join(', ')
}
