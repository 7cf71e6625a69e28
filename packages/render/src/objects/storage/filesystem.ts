import { type JsonObject, names } from '../../model'
import { scalarVariable } from '../deployment/variable'
import { volume } from '../deployment/volume'
import type { Contribution } from './contribution'

/** Where the filesystem driver keeps images. */
const MOUNT_PATH = '/registry'

/** emptyDir and PVC alike: the driver sees a folder. */
export const filesystem = (source: JsonObject): Contribution => ({
  variables: [
    scalarVariable('REGISTRY_STORAGE', 'filesystem'),
    scalarVariable('REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY', MOUNT_PATH),
  ],
  volumes: [volume(names.STORAGE_VOLUME_NAME, MOUNT_PATH, source)],
  secretEntries: [],
  mountedSecrets: [],
})
