import * as E from 'fp-ts/Either'

import type { Config, HttpSecret, RequestLimits, Storage, StorageManagement } from '../model'
import { durationNs } from '../schema/duration'

import { chosenStorage } from './chosen-storage'
import type { ConfigSpec } from './config/config-spec'
import { deploymentOverrides } from './deployment-overrides'
import { observedTls } from './observed-tls'

const VERBOSE: ReadonlyArray<unknown> = ['Debug', 'Trace', 'TraceAll']

// The deprecated number counts only where the word does not ask for more.
const registryLogLevel = ({ logLevel, logging = 0 }: ConfigSpec): Config['registryLogLevel'] => {
  if (VERBOSE.includes(logLevel)) return 'debug'
  if (logging === 1) return 'warn'
  return [0, 2, 3].includes(logging) ? 'info' : 'debug'
}

const storageManagement = ({ storage: spec }: ConfigSpec, storage: Storage): StorageManagement =>
  spec?.managementState ??
  (storage._tag === 'Pvc' && storage.origin === 'named' ? 'Unmanaged' : 'Managed')

/** Stands where nothing is to be stored (Removed, Unmanaged): there is nothing to make or to delete. */
const UNUSED_STORAGE: Pick<Config, 'storage' | 'storageManagement'> = {
  storage: { _tag: 'EmptyDir' },
  storageManagement: 'Unmanaged',
}

const storageOf = (spec: ConfigSpec): Pick<Config, 'storage' | 'storageManagement'> => {
  const chosen = chosenStorage(spec.storage)
  return E.isLeft(chosen)
    ? UNUSED_STORAGE
    : { storage: chosen.right, storageManagement: storageManagement(spec, chosen.right) }
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

/** The configuration with everything filled in that the user left out. The spec has been checked. */
export const completeConfig = (
  spec: ConfigSpec,
  managementState: Config['managementState'],
): Config => ({
  managementState,
  replicas: spec.replicas,
  rolloutStrategy: spec.rolloutStrategy ?? 'RollingUpdate',
  registryLogLevel: registryLogLevel(spec),
  ...storageOf(spec),
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
})
