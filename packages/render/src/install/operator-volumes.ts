import { type JsonArray, type JsonObject, names } from '../model'
import { OPERATOR_CONFIG_MAP, OPERATOR_TLS_SECRET } from './install-names'

/** A volume of the pod and where the container finds it. */
type Mounted = {
  readonly name: string
  readonly mountPath: string
  readonly readOnly?: true
  readonly source: JsonObject
}

const CONFIG_PATH = `/var/run/configmaps/${OPERATOR_CONFIG_MAP}`
const CERTIFICATE_PATH = '/etc/secrets'
const TRUSTED_CA_PATH = '/var/run/configmaps/trusted-ca/'

/** The file that says where and how metrics are served. */
export const CONFIG_FILE = `${CONFIG_PATH}/config.yaml`

const TRUSTED_CA_FILE_NAME = 'tls-ca-bundle.pem'

/** The authorities that the cluster trusts. It is not there before somebody has put them into the ConfigMap. */
export const TRUSTED_CA_FILE = `${TRUSTED_CA_PATH}${TRUSTED_CA_FILE_NAME}`

/** The operator starts anew when one of these changes. */
export const WATCHED_FILES: ReadonlyArray<string> = [
  TRUSTED_CA_FILE,
  `${CERTIFICATE_PATH}/tls.crt`,
  `${CERTIFICATE_PATH}/tls.key`,
  CONFIG_FILE,
]

const MOUNTED: ReadonlyArray<Mounted> = [
  {
    name: 'trusted-ca',
    mountPath: TRUSTED_CA_PATH,
    source: {
      configMap: {
        name: names.TRUSTED_CA_CONFIG_MAP,
        items: [{ key: 'ca-bundle.crt', path: TRUSTED_CA_FILE_NAME }],
        optional: true,
      },
    },
  },
  {
    name: OPERATOR_TLS_SECRET,
    mountPath: CERTIFICATE_PATH,
    source: { secret: { secretName: OPERATOR_TLS_SECRET } },
  },
  {
    // With it, clouds that trust the cluster's tokens let the operator in.
    name: 'bound-sa-token',
    mountPath: '/var/run/secrets/openshift/serviceaccount',
    readOnly: true,
    source: {
      projected: {
        sources: [{ serviceAccountToken: { audience: 'openshift', path: 'token' } }],
      },
    },
  },
  { name: 'tmp', mountPath: '/tmp', source: { emptyDir: {} } },
  {
    name: 'ca-trust-extracted-pem',
    mountPath: '/etc/pki/ca-trust/extracted/pem',
    source: { emptyDir: {} },
  },
  {
    name: OPERATOR_CONFIG_MAP,
    mountPath: CONFIG_PATH,
    source: { configMap: { name: OPERATOR_CONFIG_MAP } },
  },
]

/** Volumes of the operator's pod on OpenShift. */
export const operatorVolumes: JsonArray = MOUNTED.map(({ name, source }) => ({ name, ...source }))

/** Where its container finds them. */
export const operatorMounts: JsonArray = MOUNTED.map(({ name, mountPath, readOnly }) => ({
  name,
  mountPath,
  ...(readOnly === undefined ? {} : { readOnly }),
}))
