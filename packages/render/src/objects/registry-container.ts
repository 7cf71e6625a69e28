import { type ClusterFacts, type Config, type JsonObject, names, registryBuild } from '../model'
import { registryCommand, trustVariables } from './registry-command'
import { registryEnvironment } from './registry-environment'
import type { Contribution } from './storage/contribution'
import { volumeMounts } from './volumes'

/** Routers need this long to learn that the pod is leaving; SIGTERM comes afterwards. */
const DRAIN_SECONDS = 25

/** What a registry needs to start; no limits, because an upload must not be killed half way. */
const DEFAULT_RESOURCES: JsonObject = { requests: { cpu: '100m', memory: '256Mi' } }

const healthProbe = (initialDelaySeconds: number): JsonObject => ({
  httpGet: { path: '/healthz', port: names.REGISTRY_PORT, scheme: 'HTTPS' },
  initialDelaySeconds,
  timeoutSeconds: 5,
})

/** The only container of the pod. */
export const registryContainer = (
  config: Config,
  facts: ClusterFacts,
  storage: Contribution,
): JsonObject => ({
  name: 'registry',
  image: facts.release.registryImage,
  ...registryCommand(registryBuild(facts)),
  ports: [{ containerPort: names.REGISTRY_PORT, protocol: 'TCP' }],
  env: [...registryEnvironment(config, facts, storage), ...trustVariables(registryBuild(facts))],
  resources: config.resources ?? DEFAULT_RESOURCES,
  volumeMounts: volumeMounts(storage),
  livenessProbe: healthProbe(5),
  // Later than the registry's own first look at its storage, which comes after 10 s.
  readinessProbe: healthProbe(15),
  lifecycle: { preStop: { exec: { command: ['sleep', `${DRAIN_SECONDS}`] } } },
  terminationMessagePolicy: 'FallbackToLogsOnError',
  securityContext: { readOnlyRootFilesystem: true },
})
