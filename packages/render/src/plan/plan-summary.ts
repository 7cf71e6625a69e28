import type { Plan } from '../model'

/** A plan in one line: `2 to create, 1 to update, 1 to delete`. */
export const planSummary = (plan: Plan): string => {
  const applied = plan.flatMap((action) => (action._tag === 'ApplyObject' ? [action.change] : []))
  const counts: ReadonlyArray<readonly [number, string]> = [
    [applied.filter((change) => change === 'create').length, 'to create'],
    [applied.filter((change) => change === 'update').length, 'to update'],
    [plan.length - applied.length, 'to delete'],
  ]
  const said = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  return said.length === 0 ? 'nothing to do' : said.join(', ')
}
