import type { Pruner } from '../../model'
import { durationText } from '../deployment/duration-text'
import { SERVICE_CA_KEY } from './service-ca'

/** Where the clean-up finds the authority of the registry's certificate. */
export const SERVICE_CA_MOUNT_PATH = '/var/run/configmaps/serviceca'

/** Written as the original does, which is not how a duration of an hour is written otherwise. */
const DEFAULT_AGE = '60m'

/** Level 2 is left out: with it the client prints the state of all its threads when it fails. */
const LOG_LEVELS: { readonly [Level in Pruner['logLevel']]: number } = {
  Normal: 1,
  Debug: 4,
  Trace: 6,
  TraceAll: 8,
}

const ageText = ({ keepYoungerThanNs }: Pruner): string =>
  keepYoungerThanNs === undefined ? DEFAULT_AGE : durationText(keepYoungerThanNs)

/** Without a registry only the cluster's records of images are cleaned up. */
const registryArguments = (hostname: string): ReadonlyArray<string> =>
  hostname === ''
    ? ['--prune-registry=false']
    : ['--prune-registry=true', `--registry-url=https://${hostname}`]

/** The command that cleans up. `hostname` is the registry's inside the cluster; empty: there is none. */
export const pruneArguments = (pruner: Pruner, hostname: string): ReadonlyArray<string> => [
  ...['oc', 'adm', 'prune', 'images'],
  '--confirm=true',
  `--certificate-authority=${SERVICE_CA_MOUNT_PATH}/${SERVICE_CA_KEY}`,
  `--keep-tag-revisions=${pruner.keepTagRevisions}`,
  `--keep-younger-than=${ageText(pruner)}`,
  `--ignore-invalid-refs=${pruner.ignoreInvalidImageReferences}`,
  `--loglevel=${LOG_LEVELS[pruner.logLevel]}`,
  ...registryArguments(hostname),
]
