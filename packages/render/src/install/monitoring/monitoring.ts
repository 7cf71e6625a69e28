import type { KubeObject } from '../../model'
import type { InstallOptions } from '../install-options'
import { toRule } from './alert'
import { monitoringRoles } from './monitoring-roles'
import { operatorAlerts } from './operator-alerts'
import { prometheusRule } from './prometheus-rule'
import { recordedValues } from './recorded-values'
import { operatorMonitor, registryMonitor } from './service-monitors'
import { storageAlerts } from './storage-alerts'

const ALERTS = 'image-registry-operator-alerts'

const operatorGroup = {
  name: 'image-registry-operator.rules',
  rules: operatorAlerts.map(toRule),
}

const storageGroup = { name: 'pvc-problem-detector.rules', rules: storageAlerts.map(toRule) }

const onOpenshift = (options: InstallOptions): ReadonlyArray<KubeObject> => [
  registryMonitor,
  operatorMonitor(options),
  ...monitoringRoles,
  prometheusRule(ALERTS, [storageGroup, operatorGroup]),
  ...recordedValues,
]

/** Elsewhere nobody knows how the registry is served, nor as whom metrics are asked for: only the operator is looked at. */
const onKubernetes = (options: InstallOptions): ReadonlyArray<KubeObject> => [
  operatorMonitor(options),
  prometheusRule(ALERTS, [operatorGroup]),
]

/** What Prometheus is to ask for, keep and warn of. */
export const monitoring = (options: InstallOptions): ReadonlyArray<KubeObject> =>
  options.platform === 'OpenShift' ? onOpenshift(options) : onKubernetes(options)
