import { names } from '../../model'
import { readOnly, volume } from '../deployment/volume'
import { CREDENTIALS_KEY } from './secret-entry'

const MOUNT_PATH = '/var/run/secrets/cloud'

/** Where the registry's S3 driver finds its credentials. */
export const CREDENTIALS_PATH = `${MOUNT_PATH}/${CREDENTIALS_KEY}`

/** The Secret of the registry's own settings, as files. */
export const credentialsVolume = readOnly(
  volume(names.PRIVATE_CONFIGURATION_SECRET, MOUNT_PATH, {
    secret: { secretName: names.PRIVATE_CONFIGURATION_SECRET, optional: false },
  }),
)
