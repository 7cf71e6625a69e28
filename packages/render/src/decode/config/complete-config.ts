import * as E from 'fp-ts/Either'

import type { Config, HttpSecret, RequestLimits } from '../../model'
import { durationNs } from '../../schema/duration'

import type { ConfigSpec } from '../codecs/config/config-spec'
import { deploymentOverrides } from './deployment-overrides'
import { observedTls } from '../tls/observed-tls'

const VERBOSE: ReadonlyArray<unknown> = ['Debug', 'Trace', 'TraceAll']

// The deprecated number counts only where the word does not ask for more.
const registryLogLevel = ({ logLevel, logging = 0 }: ConfigSpec): Config['registryLogLevel'] => {
  if (VERBOSE.includes(logLevel)) return 'debug'
  if (logging === 1) return 'warn'
  return [0, 2, 3].includes(logging) ? 'info' : 'debug'
}

const httpSecret = ({ httpSecret: digest = '' }: ConfigSpec): HttpSecret =>
  digest === '' ? { _tag: 'Generated' } : { _tag: 'FromSpec', digest }

type Limits = NonNullable<NonNullable<ConfigSpec['requests']>['read']>

const requestLimits = ({
  maxRunning = 0,
  maxInQueue = 0,
  maxWaitInQueue = '0s',
}: Limits = {}): RequestLimits => ({
  maxRunning,
  maxInQueue,
  maxWaitInQueueNs: durationNs(maxWaitInQueue) ?? 0n,
})

const orElse = <A>(result: E.Either<unknown, A>, otherwise: A): A =>
  E.isLeft(result) ? otherwise : result.right

/** What is passed on as it is, and only where it is set. */
const passedOn = (spec: ConfigSpec) => ({
  ...(spec.resources === undefined ? {} : { resources: spec.resources }),
  ...(spec.nodeSelector === undefined ? {} : { nodeSelector: spec.nodeSelector }),
  ...(spec.tolerations === undefined ? {} : { tolerations: spec.tolerations }),
  ...(spec.affinity === undefined ? {} : { affinity: spec.affinity }),
  ...(spec.topologySpreadConstraints === undefined
    ? {}
    : { topologySpreadConstraints: spec.topologySpreadConstraints }),
})

/** What does not stand in the spec, or not as it is to be understood. */
export type Decided = Pick<
  Config,
  | 'uid'
  | 'managementState'
  | 'storage'
  | 'storageManagement'
  | 'recordedStorage'
  | 'storageConsents'
  | 'claim'
  | 'certificateIssuer'
  | 'exposure'
  | 'access'
  | 'decisions'
>

/** The configuration with everything filled in that the user left out. The spec has been checked. */
export const completeConfig = (spec: ConfigSpec, decided: Decided): Config => ({
  ...decided,
  replicas: spec.replicas,
  rolloutStrategy: spec.rolloutStrategy ?? 'RollingUpdate',
  registryLogLevel: registryLogLevel(spec),
  httpSecret: httpSecret(spec),
  proxy: {
    http: spec.proxy?.http ?? '',
    https: spec.proxy?.https ?? '',
    noProxy: spec.proxy?.noProxy ?? '',
  },
  readOnly: spec.readOnly ?? false,
  disableRedirect: spec.disableRedirect ?? false,
  defaultRoute: spec.defaultRoute ?? false,
  routes: (spec.routes ?? []).map(({ name, hostname = '', secretName = '' }) => ({
    name,
    hostname,
    secretName,
  })),
  requests: {
    read: requestLimits(spec.requests?.read),
    write: requestLimits(spec.requests?.write),
  },
  ...passedOn(spec),
  tls: orElse(observedTls(spec), { minVersion: '', cipherSuites: [] }),
  overrides: orElse(deploymentOverrides(spec), { annotations: {} }),
  operatorLogLevel:
    spec.operatorLogLevel === undefined || spec.operatorLogLevel === ''
      ? 'Normal'
      : spec.operatorLogLevel,
})
