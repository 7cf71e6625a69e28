import {
  type ClusterFacts,
  type Config,
  names,
  type ProxySettings,
  registryBuild,
  type RegistryBuild,
  type RequestLimits,
  type TlsSettings,
} from '../../model'
import { durationText } from './duration-text'
import { hasMetricsPort } from '../monitoring/monitored'
import type { Contribution } from '../storage/contribution'
import { secretVariable, variable, type Variables } from './variable'
import { CERTIFICATE_MOUNT_PATH } from './volumes'

/** How long requests that are under way may take once the registry is told to end; OpenShift's gives them as long unasked. */
const SHUTDOWN_SECONDS = 29

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
  ...serverVariables(config, registryBuild(facts)),
  ...(config.readOnly ? [variable(names.READ_ONLY_VARIABLE, names.READ_ONLY_VARIABLE_VALUE)] : []),
  ...(config.disableRedirect || storage.cannotRedirect
    ? [variable('REGISTRY_STORAGE_REDIRECT_DISABLE', 'true')]
    : []),
  ...proxyVariables(config.proxy, facts.clusterProxy),
  ...onOpenshift(registryBuild(facts), [
    ...requestVariables('READ', config.requests.read),
    ...requestVariables('WRITE', config.requests.write),
  ]),
  variable('REGISTRY_HTTP_TLS_CERTIFICATE', `${CERTIFICATE_MOUNT_PATH}/tls.crt`),
  variable('REGISTRY_HTTP_TLS_KEY', `${CERTIFICATE_MOUNT_PATH}/tls.key`),
  ...tlsVariables(config.tls, registryBuild(facts)),
  ...metricsVariables(facts),
]

const metricsVariables = (facts: ClusterFacts): Variables =>
  hasMetricsPort(facts)
    ? [
        variable('REGISTRY_HTTP_DEBUG_ADDR', `:${names.REGISTRY_METRICS_PORT}`),
        variable('REGISTRY_HTTP_DEBUG_PROMETHEUS_ENABLED', 'true'),
      ]
    : []

/** What only OpenShift's registry understands. */
const onOpenshift = (build: RegistryBuild, variables: Variables): Variables =>
  build._tag === 'OpenShift' ? variables : []

/** What only registries of the distribution project understand. */
const onDistribution = (build: RegistryBuild, variables: Variables): Variables =>
  build._tag === 'OpenShift' ? [] : variables

const serverVariables = ({ registryLogLevel }: Config, build: RegistryBuild): Variables => [
  variable('REGISTRY_HTTP_ADDR', `:${names.REGISTRY_PORT}`),
  variable('REGISTRY_HTTP_NET', 'tcp'),
  // The original writes the secret itself here, for everybody to read who may read Deployments.
  secretVariable(names.HTTP_SECRET_KEY),
  variable('REGISTRY_LOG_LEVEL', registryLogLevel),
  ...onOpenshift(build, [variable('REGISTRY_OPENSHIFT_QUOTA_ENABLED', 'true')]),
  ...onDistribution(build, [
    // Otherwise uploads go on where headers of proxies say, and not all of them are about the registry.
    variable('REGISTRY_HTTP_RELATIVEURLS', 'true'),
    // Unless it is told to wait, it breaks off on SIGTERM whatever it is at.
    variable('REGISTRY_HTTP_DRAINTIMEOUT', `${SHUTDOWN_SECONDS}s`),
  ]),
  variable('REGISTRY_STORAGE_CACHE_BLOBDESCRIPTOR', 'inmemory'),
  variable('REGISTRY_STORAGE_DELETE_ENABLED', 'true'),
  variable('REGISTRY_HEALTH_STORAGEDRIVER_ENABLED', 'true'),
  variable('REGISTRY_HEALTH_STORAGEDRIVER_INTERVAL', '10s'),
  variable('REGISTRY_HEALTH_STORAGEDRIVER_THRESHOLD', '1'),
  ...onOpenshift(build, [
    variable('REGISTRY_OPENSHIFT_METRICS_ENABLED', 'true'),
    variable(
      'REGISTRY_OPENSHIFT_SERVER_ADDR',
      `${names.REGISTRY_NAME}.${names.REGISTRY_NAMESPACE}.svc:${names.REGISTRY_PORT}`,
    ),
  ]),
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

/** The two registries name versions of TLS differently, and take lists in different forms. */
const tlsVariables = (
  { minVersion, cipherSuites }: TlsSettings,
  build: RegistryBuild,
): Variables =>
  build._tag === 'OpenShift'
    ? [
        ...unlessEmpty('REGISTRY_HTTP_TLS_MINVERSION', minVersion),
        ...unlessEmpty('OPENSHIFT_REGISTRY_HTTP_TLS_CIPHERSUITES', cipherSuites.join(',')),
      ]
    : [
        ...unlessEmpty(
          'REGISTRY_HTTP_TLS_MINIMUMTLS',
          minVersion.replace(/^VersionTLS1(\d)$/, 'tls1.$1'),
        ),
        ...unlessEmpty(
          'REGISTRY_HTTP_TLS_CIPHERSUITES',
          cipherSuites.length === 0 ? '' : `[${cipherSuites.join(', ')}]`,
        ),
      ]
