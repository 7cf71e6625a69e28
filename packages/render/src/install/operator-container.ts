import { type JsonArray, type JsonObject, registryBuild, registryBuildName } from '../model'
import { HEALTH_PORT, METRICS_PORT, METRICS_PORT_NAME, OPERATOR_NAME } from './install-names'
import type { InstallOptions } from './install-options'
import { CONFIG_FILE, operatorMounts, TRUSTED_CA_FILE, WATCHED_FILES } from './operator-volumes'

const fromField = (name: string, fieldPath: string): JsonObject => ({
  name,
  valueFrom: { fieldRef: { fieldPath } },
})

/** As the API server completes it: it is one value, which nobody else could apply again without a conflict otherwise. */
const POD_NAME: JsonObject = {
  name: 'POD_NAME',
  valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } },
}

/** OpenShift's operators know their registry; elsewhere it stands there for people to see, and to change. */
const registry = (options: InstallOptions): JsonArray =>
  options.platform === 'OpenShift' && options.release.registry === undefined
    ? []
    : [{ name: 'REGISTRY_BUILD', value: registryBuildName(registryBuild(options)) }]

/** In the order of the original. */
const openshiftEnv = (options: InstallOptions): JsonArray => {
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
    // Node reads it once, when it starts: the file is one of those that the operator starts anew for.
    { name: 'NODE_EXTRA_CA_CERTS', value: TRUSTED_CA_FILE },
  ]
}

/** Without what only OpenShift has: image streams, which are pruned with an image of their own, and an Azure Stack. */
const kubernetesEnv = (options: InstallOptions): JsonArray => [
  { name: 'RELEASE_VERSION', value: options.release.version },
  POD_NAME,
  // What deletes garbage waits with it until the registry takes no pushes.
  { name: 'OPERATOR_IMAGE', value: options.release.operatorImage },
  { name: 'IMAGE', value: options.release.registryImage },
  ...registry(options),
]

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
const onOpenshift = (options: InstallOptions): JsonObject => ({
  args: [...WATCHED_FILES.map((file) => `--files=${file}`), `--config=${CONFIG_FILE}`],
  ports: [port(METRICS_PORT_NAME, METRICS_PORT)],
  ...probes('HTTPS'),
  volumeMounts: operatorMounts,
  env: openshiftEnv(options),
})

/** Nobody issues certificates: metrics and health over plain HTTP. */
const onKubernetes = (options: InstallOptions): JsonObject => ({
  args: ['run', `--bind-address=:${HEALTH_PORT}`],
  ports: [port(METRICS_PORT_NAME, HEALTH_PORT)],
  ...probes('HTTP'),
  env: kubernetesEnv(options),
})

/** The container that the operator runs in. */
export const operatorContainer = (options: InstallOptions): JsonObject => ({
  name: OPERATOR_NAME,
  image: options.release.operatorImage,
  imagePullPolicy: 'IfNotPresent',
  ...(options.platform === 'OpenShift' ? onOpenshift(options) : onKubernetes(options)),
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
