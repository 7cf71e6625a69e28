import { fieldAt, type Fields } from './fields'

const said = (object: unknown, type: string): string => {
  const conditions = fieldAt(object, 'status', 'conditions')
  const all: ReadonlyArray<unknown> = Array.isArray(conditions) ? conditions : []
  const condition = all.find((each) => fieldAt(each, 'type') === type)
  const [status, reason = ''] = [fieldAt(condition, 'status'), fieldAt(condition, 'reason')]
  return `${String(status ?? 'None')[0]} ${String(reason)}`.trim()
}

/** What the ClusterOperator says in short: Available, Progressing and Degraded, each with the first letter of its status and its reason. */
export const verdictOf = (objects: ReadonlyArray<Fields>): string => {
  const operator = objects.find(({ kind }) => kind === 'ClusterOperator')
  return ['Available', 'Progressing', 'Degraded'].map((type) => said(operator, type)).join(' / ')
}
