import { seconds } from './printer'

const total = (metrics: string, name: string, matches: (labels: string) => boolean): number =>
  metrics
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && matches(line))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)

const requests = 'image_registry_operator_api_requests_total'

const hasVerb =
  (verbs: ReadonlyArray<string>) =>
  (line: string): boolean =>
    verbs.some((verb) => line.includes(`verb="${verb}"`))

/** What it took, in one line, from the operator's own metrics. */
export const summary = (metrics: string, made: ReadonlyArray<string>, elapsedMs: number): string => {
  const all = total(metrics, requests, () => true)
  const watches = total(metrics, requests, hasVerb(['watch']))
  const writes = total(
    metrics,
    requests,
    hasVerb(['apply', 'patch', 'create', 'update', 'replace', 'delete', 'remove']),
  )
  return (
    `${made.length} objects in ${seconds(elapsedMs)}, with ${all} API requests: ` +
    `${writes} writes, ${watches} watches, ${all - writes - watches} other reads.`
  )
}
