import { type KubeObject, names } from '../../model'
import { toRule } from '../../objects/monitoring/alert'
import {
  operatorAlertGroup,
  operatorMonitoring,
} from '../../objects/monitoring/operator-monitoring'
import type { InstallOptions } from '../install-options'
import { monitoringRoles } from './monitoring-roles'
import { prometheusRule } from './prometheus-rule'
import { recordedValues } from './recorded-values'
import { operatorMonitor, registryMonitor } from './service-monitors'
import { storageAlerts } from './storage-alerts'

const storageGroup = { name: 'pvc-problem-detector.rules', rules: storageAlerts.map(toRule) }

const onOpenshift: ReadonlyArray<KubeObject> = [
  registryMonitor,
  operatorMonitor,
  ...monitoringRoles,
  prometheusRule(names.ALERTS_NAME, [storageGroup, operatorAlertGroup]),
  ...recordedValues,
]

/** What Prometheus is to ask for, keep and warn of. */
export const monitoring = ({
  platform,
}: Pick<InstallOptions, 'platform'>): ReadonlyArray<KubeObject> =>
  platform === 'OpenShift' ? onOpenshift : operatorMonitoring
