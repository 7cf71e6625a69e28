import type { JsonObject, Pruner } from '../../model'
import { PRUNE_SCRIPT } from './prune-script'
import { SERVICE_CA_MOUNT_PATH } from './prune-arguments'

/** The volume with the authority of the registry's certificate. */
export const SERVICE_CA_VOLUME_NAME = 'serviceca'

const DEFAULT_RESOURCES: JsonObject = { requests: { cpu: '100m', memory: '256Mi' } }

/** The only container of the clean-up's pods. */
export const prunerContainer = (
  { resources = DEFAULT_RESOURCES }: Pruner,
  image: string,
  command: ReadonlyArray<string>,
): JsonObject => ({
  name: 'image-pruner',
  image,
  command: ['/bin/sh'],
  // The first argument after a script is its name.
  args: ['-c', PRUNE_SCRIPT, 'arg0', ...command],
  resources,
  volumeMounts: [
    { name: SERVICE_CA_VOLUME_NAME, mountPath: SERVICE_CA_MOUNT_PATH, readOnly: true },
  ],
  securityContext: { readOnlyRootFilesystem: true },
  terminationMessagePolicy: 'FallbackToLogsOnError',
})
