import type { JsonObject } from '../../model'

/** Something that a person has to look at. */
export type Alert = {
  readonly name: string
  readonly expr: string
  /** How long it has to last, as Prometheus writes it. */
  readonly lasting: string
  readonly severity: 'warning' | 'info'
  readonly summary: string
  readonly description: string
  /** Absent: the description says it all. */
  readonly message?: string
  readonly runbookUrl: string
}

/** An alert as Prometheus reads it. */
export const toRule = (alert: Alert): JsonObject => ({
  alert: alert.name,
  expr: alert.expr,
  for: alert.lasting,
  labels: { kubernetes_operator_part_of: 'image-registry', severity: alert.severity },
  annotations: {
    summary: alert.summary,
    description: alert.description,
    message: alert.message ?? alert.description,
    runbook_url: alert.runbookUrl,
  },
})
