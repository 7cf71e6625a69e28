import { type JsonObject, type KubeObject, names } from '../../model'
import { releaseAnnotations } from '../release-annotations'

/** Rules that are evaluated one after the other. */
export type RuleGroup = { readonly name: string; readonly rules: ReadonlyArray<JsonObject> }

/** Groups of alerts, or of values that Prometheus keeps. */
export const prometheusRule = (name: string, groups: ReadonlyArray<RuleGroup>): KubeObject => ({
  apiVersion: `${names.MONITORING_GROUP}/v1`,
  kind: 'PrometheusRule',
  metadata: { name, namespace: names.REGISTRY_NAMESPACE, annotations: releaseAnnotations },
  spec: { groups },
})
