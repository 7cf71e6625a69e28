import { type JsonArray, type JsonObject, registryBuild, registryBuildName } from '../model'
import { HEALTH_PORT, METRICS_PORT, METRICS_PORT_NAME, OPERATOR_NAME } from './install-names'
import type { InstallOptions } from './install-options'
import { CONFIG_FILE, operatorMounts, TRUSTED_CA_FILE, WATCHED_FILES } from './operator-volumes'

const fromField = (name: string, fieldPath: string): JsonObject => ({
  name,
  valueFrom: { fieldRef: { fieldPath } },
})

/** OpenShift's operators know their registry; elsewhere it stands there for people to see, and to change. */
const registry = (options: InstallOptions): JsonArray =>
  options.platform === 'OpenShift' && options.release.registry === undefined
    ? []
    : [{ name: 'REGISTRY_BUILD', value: registryBuildName(registryBuild(options)) }]

/** Node reads it once, when it starts: the file is one of those that the operator starts anew for. */
const authorities = ({ platform }: InstallOptions): JsonArray =>
  platform === 'OpenShift' ? [{ name: 'NODE_EXTRA_CA_CERTS', value: TRUSTED_CA_FILE }] : []

const env = (options: InstallOptions): JsonArray => {
  const { release } = options
  return [
    { name: 'RELEASE_VERSION', value: release.version },
    fromField('WATCH_NAMESPACE', 'metadata.namespace'),
    fromField('POD_NAME', 'metadata.name'),
    { name: 'OPERATOR_NAME', value: OPERATOR_NAME },
    { name: 'OPERATOR_IMAGE', value: release.operatorImage },
    { name: 'IMAGE', value: release.registryImage },
    { name: 'IMAGE_PRUNER', value: release.prunerImage },
    { name: 'AZURE_ENVIRONMENT_FILEPATH', value: '/tmp/azurestackcloud.json' },
    { name: 'OPERATOR_IMAGE_VERSION', value: release.version },
    ...registry(options),
    ...authorities(options),
  ]
}

type Scheme = 'HTTP' | 'HTTPS'

const probe = (scheme: Scheme, path: string, periodSeconds: number): JsonObject => ({
  httpGet: { path, port: METRICS_PORT_NAME, scheme },
  periodSeconds,
  timeoutSeconds: 5,
})

const probes = (scheme: Scheme): JsonObject => ({
  livenessProbe: probe(scheme, '/healthz', 20),
  readinessProbe: probe(scheme, '/readyz', 10),
})

const port = (name: string, containerPort: number): JsonObject => ({
  name,
  containerPort,
  protocol: 'TCP',
})

/** Metrics and health over HTTPS, for which there is a certificate. */
const onOpenshift: JsonObject = {
  args: [...WATCHED_FILES.map((file) => `--files=${file}`), `--config=${CONFIG_FILE}`],
  ports: [port(METRICS_PORT_NAME, METRICS_PORT)],
  ...probes('HTTPS'),
  volumeMounts: operatorMounts,
}

/** Nobody issues certificates: metrics and health over plain HTTP. */
const onKubernetes: JsonObject = {
  args: ['run', `--bind-address=:${HEALTH_PORT}`],
  ports: [port(METRICS_PORT_NAME, HEALTH_PORT)],
  ...probes('HTTP'),
}

/** The container that the operator runs in. */
export const operatorContainer = (options: InstallOptions): JsonObject => ({
  name: OPERATOR_NAME,
  image: options.release.operatorImage,
  imagePullPolicy: 'IfNotPresent',
  ...(options.platform === 'OpenShift' ? onOpenshift : onKubernetes),
  env: env(options),
  // Measured: 10m idle; 80 MiB after the first pass.
  resources: { requests: { cpu: '10m', memory: '100Mi' } },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  terminationMessagePolicy: 'FallbackToLogsOnError',
})
