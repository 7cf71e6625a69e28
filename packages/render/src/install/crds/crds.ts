import { ConfigSpec } from '../../decode/codecs/config/config-spec'
import { ConfigStatus } from '../../decode/codecs/config/config-status'
import { ImagePrunerSpec, ImagePrunerStatus } from '../../decode/codecs/config/image-pruner'
import type { KubeObject } from '../../model'

import { customResourceDefinition, type PrinterColumn } from './custom-resource-definition'

const condition = (type: string, field: string): string =>
  `.status.conditions[?(@.type=="${type}")].${field}`

const CONFIG_COLUMNS: ReadonlyArray<PrinterColumn> = [
  {
    name: 'State',
    type: 'string',
    jsonPath: '.spec.managementState',
    description: 'Managed, Unmanaged or Removed.',
  },
  {
    name: 'Replicas',
    type: 'integer',
    jsonPath: '.spec.replicas',
    description: 'How many registry pods are wanted.',
  },
  {
    name: 'Running',
    type: 'integer',
    jsonPath: '.status.readyReplicas',
    description: 'How many registry pods are ready.',
  },
  {
    name: 'Ready',
    type: 'string',
    jsonPath: condition('Ready', 'status'),
    description: 'Whether everything is as wanted.',
  },
  {
    name: 'Reason',
    type: 'string',
    jsonPath: condition('Ready', 'reason'),
    description: 'Why, in a word.',
  },
  {
    name: 'Claim',
    type: 'string',
    jsonPath: '.spec.storage.pvc.claim',
    description: 'The PersistentVolumeClaim that images are kept on, if it is one.',
    priority: 1,
  },
  {
    name: 'Message',
    type: 'string',
    jsonPath: condition('Ready', 'message'),
    description: 'Why, in a sentence.',
    priority: 1,
  },
]

const PRUNER_COLUMNS: ReadonlyArray<PrinterColumn> = [
  {
    name: 'Schedule',
    type: 'string',
    jsonPath: '.spec.schedule',
    description: 'When it runs. Empty: every day at midnight.',
  },
  {
    name: 'Suspended',
    type: 'string',
    jsonPath: '.spec.suspend',
    description: 'Whether it is suspended.',
  },
  {
    name: 'Failed',
    type: 'string',
    jsonPath: condition('Failed', 'status'),
    description: 'Whether the last run failed.',
  },
]

/** The definitions of Config and ImagePruner, with the schemas that the codecs decode by. */
export const crds = (): ReadonlyArray<KubeObject> => [
  customResourceDefinition({
    kind: 'Config',
    plural: 'configs',
    singular: 'config',
    shortName: 'imageregistry',
    approval: 'https://github.com/openshift/api/pull/519',
    description: 'The image registry of the cluster. The one that counts is named cluster.',
    spec: ConfigSpec,
    status: ConfigStatus,
    columns: CONFIG_COLUMNS,
  }),
  customResourceDefinition({
    kind: 'ImagePruner',
    plural: 'imagepruners',
    singular: 'imagepruner',
    shortName: 'pruner',
    approval: 'https://github.com/openshift/api/pull/555',
    description:
      'The regular clean-up of images that nobody uses. The one that counts is named cluster.',
    spec: ImagePrunerSpec,
    status: ImagePrunerStatus,
    columns: PRUNER_COLUMNS,
  }),
]
