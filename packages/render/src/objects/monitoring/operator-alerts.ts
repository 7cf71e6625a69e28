import type { Alert } from './alert'

/** Our pages on alerts, from the root of the repository. */
const runbookUrl = (name: string): string => `docs/runbooks/${name}.md`

const METRIC = 'image_registry_operator_'

/** Whoever does not lead knows no conditions; `max` leaves one answer, however many run. */
const conditionIsTrue = (type: string): string =>
  `max by (namespace) (${METRIC}condition{type="${type}",status="True"}) == 1`

/**
 * What only a person can mend. There is none for what the next pass mends by itself, and none for what a person
 * has asked for, but for ImageRegistryRemoved: where the cluster was installed without storage, nobody asked.
 */
export const operatorAlerts: ReadonlyArray<Alert> = [
  {
    name: 'ImageRegistryRemoved',
    expr: conditionIsTrue('Removed'),
    lasting: '5m',
    severity: 'info',
    summary: 'There is no image registry in this cluster.',
    description:
      'The image registry has been removed. Image stream tags, and the builds and deployments that refer to them, may not work as expected.',
    message:
      'The image registry has been removed. To have one, set spec.storage and spec.managementState: Managed in configs.imageregistry.operator.openshift.io/cluster.',
    runbookUrl: runbookUrl('ImageRegistryRemoved'),
  },
  {
    name: 'ImageRegistryDegraded',
    expr: conditionIsTrue('Degraded'),
    lasting: '30m',
    severity: 'warning',
    summary: 'The image registry is not as its configuration wants it.',
    description:
      'The image registry has been degraded for half an hour. The condition Degraded of configs.imageregistry.operator.openshift.io/cluster says what is wrong and what to do.',
    runbookUrl: runbookUrl('ImageRegistryDegraded'),
  },
  {
    name: 'ImageRegistryOperatorNotReconciling',
    // With nothing to do, a pass succeeds every ten minutes; 0 stands for never.
    expr: `time() - max by (namespace) (${METRIC}last_successful_reconcile_timestamp_seconds) > 1800`,
    lasting: '10m',
    severity: 'warning',
    summary: 'The image registry operator cannot do its work.',
    description:
      'No pass of the image registry operator has ended well for half an hour. Changes of the configuration and of the cluster do not reach the registry; its pods run on.',
    runbookUrl: runbookUrl('ImageRegistryOperatorNotReconciling'),
  },
  {
    name: 'ImageRegistryCorrectionsContested',
    expr: `sum by (namespace, kind) (increase(${METRIC}contested_corrections_total[15m])) > 0`,
    lasting: '15m',
    severity: 'warning',
    summary: 'Somebody keeps undoing what the image registry operator does.',
    description:
      'Objects of kind {{ $labels.kind }} are changed by somebody again and again after the image registry operator has put them back. It waits longer and longer; meanwhile, the registry may not run as configured.',
    runbookUrl: runbookUrl('ImageRegistryCorrectionsContested'),
  },
]
