import type { Config } from '../model'
import { storagePlace } from '../model'

/** What has to be known of a Config to say whether its storage may be made. */
export type Making = Pick<
  Config,
  'storage' | 'storageManagement' | 'recordedStorage' | 'storageConsents'
>

/** Whether the status says that images were in this very place. */
export const wasThere = ({ storage, recordedStorage }: Making): boolean =>
  recordedStorage !== undefined && storagePlace(recordedStorage) === storagePlace(storage)

/**
 * Whether a storage that is not there may be made. One that was there has vanished, and images with it: making it anew
 * would only hide that, so somebody has to ask for it.
 */
export const mayMake = (config: Making): boolean =>
  config.storageManagement === 'Managed' &&
  (!wasThere(config) || config.storageConsents.recreate === storagePlace(config.storage))
