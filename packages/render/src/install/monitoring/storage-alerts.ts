import type { Alert } from '../../objects/monitoring/alert'

/** The original's page on an alert of the original: people and tools know the address. */
const runbookUrl = (name: string): string =>
  `https://github.com/openshift/runbooks/blob/master/alerts/cluster-image-registry-operator/${name}.md`

const errors = (code: string): string =>
  `sum without (instance, pod, operation) (rate(imageregistry_storage_errors_total{code="${code}"}[5m])) > 0`

const CONSEQUENCE =
  'Pushes of images, and pulls of images that the registry caches from elsewhere, fail.'

/** What the registry meets when it writes to its storage, under the names of the original. */
export const storageAlerts: ReadonlyArray<Alert> = [
  {
    name: 'ImageRegistryStorageReadOnly',
    expr: errors('READ_ONLY_FILESYSTEM'),
    lasting: '10m',
    severity: 'warning',
    summary: 'The storage of the image registry cannot be written to.',
    description: `The registry was told for ten minutes that its storage is read-only. ${CONSEQUENCE} Look at the volume behind its claim.`,
    message: 'The image registry cannot write to its storage: the file system is read-only.',
    runbookUrl: runbookUrl('ImageRegistryStorageReadOnly'),
  },
  {
    name: 'ImageRegistryStorageFull',
    expr: errors('DEVICE_OUT_OF_SPACE'),
    lasting: '10m',
    severity: 'warning',
    summary: 'The storage of the image registry is full.',
    description: `The registry was told for ten minutes that no space is left in its storage. ${CONSEQUENCE} Clean up images, or give its volume more room.`,
    message: 'The image registry cannot write to its storage: no space is left.',
    runbookUrl: runbookUrl('ImageRegistryStorageFull'),
  },
]
