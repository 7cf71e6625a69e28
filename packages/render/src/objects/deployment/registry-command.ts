import type { JsonObject, RegistryBuild } from '../../model'
import { variable, type Variables } from './variable'
import { CLUSTER_CA_PATH, EXTRACTED_CA_MOUNT_PATH, REGISTRY_CA_MOUNT_PATH } from './volumes'

const EXTRACTED_CA_FOLDERS = ['edk2', 'java', 'openssl', 'pem'].map(
  (folder) => `${EXTRACTED_CA_MOUNT_PATH}/${folder}`,
)

/** The trust store has to be put together in the pod: its parts are mounted, and the image is read-only. */
const START_SCRIPT = [
  `mkdir -p ${EXTRACTED_CA_FOLDERS.join(' ')}`,
  `update-ca-trust extract --output ${EXTRACTED_CA_MOUNT_PATH}/`,
  'exec /usr/bin/dockerregistry',
].join(' && ')

/** How the registry is started. Images of the distribution project know that themselves. */
export const registryCommand = (build: RegistryBuild): JsonObject =>
  build._tag === 'OpenShift' ? { command: ['/bin/sh', '-c', START_SCRIPT] } : {}

/** Images of the distribution project have nothing that puts a trust store together; but Go reads whole folders. */
export const trustVariables = (build: RegistryBuild): Variables =>
  build._tag === 'OpenShift'
    ? []
    : [
        variable(
          'SSL_CERT_DIR',
          ['/etc/ssl/certs', REGISTRY_CA_MOUNT_PATH, CLUSTER_CA_PATH].join(':'),
        ),
      ]
