import {
  type ClusterFacts,
  type Config,
  names,
  type ProxySettings,
  type RequestLimits,
  type TlsSettings,
} from '../model'
import { durationText } from './duration-text'
import type { Contribution } from './storage/contribution'
import { secretVariable, variable, type Variables } from './variable'
import { CERTIFICATE_MOUNT_PATH } from './volumes'

const unlessEmpty = (name: string, value: string): Variables =>
  value === '' ? [] : [variable(name, value)]

/**
 * The variables of the registry's container. Their order is the original's, the storage driver's first: people
 * patch them by index, and any other order restarts every registry on the day of the change.
 */
export const registryEnvironment = (
  config: Config,
  facts: ClusterFacts,
  storage: Contribution,
): Variables => [
  ...storage.variables,
  ...serverVariables(config),
  ...(config.readOnly
    ? [variable('REGISTRY_STORAGE_MAINTENANCE_READONLY', '{enabled: true}')]
    : []),
  ...(config.disableRedirect || storage.cannotRedirect
    ? [variable('REGISTRY_STORAGE_REDIRECT_DISABLE', 'true')]
    : []),
  ...proxyVariables(config.proxy, facts.clusterProxy),
  ...requestVariables('READ', config.requests.read),
  ...requestVariables('WRITE', config.requests.write),
  variable('REGISTRY_HTTP_TLS_CERTIFICATE', `${CERTIFICATE_MOUNT_PATH}/tls.crt`),
  variable('REGISTRY_HTTP_TLS_KEY', `${CERTIFICATE_MOUNT_PATH}/tls.key`),
  ...tlsVariables(config.tls),
]

const serverVariables = ({ registryLogLevel }: Config): Variables => [
  variable('REGISTRY_HTTP_ADDR', `:${names.REGISTRY_PORT}`),
  variable('REGISTRY_HTTP_NET', 'tcp'),
  // The original writes the secret itself here, for everybody to read who may read Deployments.
  secretVariable(names.HTTP_SECRET_KEY),
  variable('REGISTRY_LOG_LEVEL', registryLogLevel),
  variable('REGISTRY_OPENSHIFT_QUOTA_ENABLED', 'true'),
  variable('REGISTRY_STORAGE_CACHE_BLOBDESCRIPTOR', 'inmemory'),
  variable('REGISTRY_STORAGE_DELETE_ENABLED', 'true'),
  variable('REGISTRY_HEALTH_STORAGEDRIVER_ENABLED', 'true'),
  variable('REGISTRY_HEALTH_STORAGEDRIVER_INTERVAL', '10s'),
  variable('REGISTRY_HEALTH_STORAGEDRIVER_THRESHOLD', '1'),
  variable('REGISTRY_OPENSHIFT_METRICS_ENABLED', 'true'),
  variable(
    'REGISTRY_OPENSHIFT_SERVER_ADDR',
    `${names.REGISTRY_NAME}.${names.REGISTRY_NAMESPACE}.svc:${names.REGISTRY_PORT}`,
  ),
]

/** Each field falls back to the cluster's on its own, so the two can mix. */
const proxyVariables = (own: ProxySettings, cluster: ProxySettings): Variables => [
  ...unlessEmpty('HTTP_PROXY', own.http || cluster.http),
  ...unlessEmpty('HTTPS_PROXY', own.https || cluster.https),
  ...unlessEmpty('NO_PROXY', own.noProxy || cluster.noProxy),
]

/** A waiting time alone limits nothing. */
const requestVariables = (operation: 'READ' | 'WRITE', limits: RequestLimits): Variables => {
  const prefix = `REGISTRY_OPENSHIFT_REQUESTS_${operation}`
  return limits.maxRunning === 0 && limits.maxInQueue === 0
    ? []
    : [
        variable(`${prefix}_MAXRUNNING`, `${limits.maxRunning}`),
        variable(`${prefix}_MAXINQUEUE`, `${limits.maxInQueue}`),
        variable(`${prefix}_MAXWAITINQUEUE`, durationText(limits.maxWaitInQueueNs)),
      ]
}

const tlsVariables = ({ minVersion, cipherSuites }: TlsSettings): Variables => [
  ...unlessEmpty('REGISTRY_HTTP_TLS_MINVERSION', minVersion),
  ...unlessEmpty('OPENSHIFT_REGISTRY_HTTP_TLS_CIPHERSUITES', cipherSuites.join(',')),
]
