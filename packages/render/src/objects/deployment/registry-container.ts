import {
  type ClusterFacts,
  type Config,
  type JsonObject,
  names,
  registryBuild,
  type RegistryBuild,
} from '../../model'
import { accessContribution } from '../access/access-contribution'
import { hasMetricsPort } from '../monitoring/monitored'
import { registryCommand, trustVariables } from './registry-command'
import { registryEnvironment } from './registry-environment'
import { restrictedContainer } from './restricted'
import type { Contribution } from '../storage/contribution'
import { volumeMounts } from './volumes'

/** Routers need this long to learn that the pod is leaving; SIGTERM comes afterwards. */
const DRAIN_SECONDS = 25

/** What a registry needs to start; no limits, because an upload must not be killed half way. */
export const DEFAULT_RESOURCES: JsonObject = { requests: { cpu: '100m', memory: '256Mi' } }

/** Registries of the distribution project tell at the root how their storage is; see `health` in their documentation. */
const healthPath = (build: RegistryBuild): string => (build._tag === 'OpenShift' ? '/healthz' : '/')

const healthProbe = (build: RegistryBuild, initialDelaySeconds: number): JsonObject => ({
  httpGet: { path: healthPath(build), port: names.REGISTRY_PORT, scheme: 'HTTPS' },
  initialDelaySeconds,
  timeoutSeconds: 5,
})

/** Not every image has a program that waits; since Kubernetes 1.30 the kubelet waits itself (KEP-3960). */
const drain = (build: RegistryBuild): JsonObject =>
  build._tag === 'OpenShift'
    ? { exec: { command: ['sleep', `${DRAIN_SECONDS}`] } }
    : { sleep: { seconds: DRAIN_SECONDS } }

/** The registry's program and all that it is told, whatever it is to do. */
export const registryProcess = (
  config: Config,
  facts: ClusterFacts,
  storage: Contribution,
): JsonObject => {
  const build = registryBuild(facts)
  const access = accessContribution(config, facts)
  return {
    image: facts.release.registryImage,
    env: [
      ...registryEnvironment(config, facts, storage),
      ...trustVariables(build),
      ...access.variables,
    ],
    volumeMounts: [...volumeMounts(storage, build), ...access.volumes.map(({ mount }) => mount)],
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: { ...restrictedContainer(facts), readOnlyRootFilesystem: true },
  }
}

/** The only container of the pod. */
export const registryContainer = (
  config: Config,
  facts: ClusterFacts,
  storage: Contribution,
): JsonObject => {
  const build = registryBuild(facts)
  return {
    name: 'registry',
    ...registryProcess(config, facts, storage),
    ...registryCommand(build),
    ports: [
      names.REGISTRY_PORT,
      ...(hasMetricsPort(facts) ? [names.REGISTRY_METRICS_PORT] : []),
    ].map((containerPort) => ({ containerPort, protocol: 'TCP' })),
    resources: config.resources ?? DEFAULT_RESOURCES,
    livenessProbe: healthProbe(build, 5),
    // Later than the registry's own first look at its storage, which comes after 10 s.
    readinessProbe: healthProbe(build, 15),
    lifecycle: { preStop: drain(build) },
  }
}
