import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import { isJsonObject, type JsonObject, type Problem } from '../../model'
import { nearMatch } from '../../schema/near-match'
import { decodeAt } from '../../schema/problems'

import { accessWarnings } from '../access/access-wishes'
import { checkConfig } from './check-config'
import { ConfigSpec } from '../codecs/config/config-spec'
import { exposureWarnings } from '../exposure/exposure-wishes'
import { redactManifest } from '../manifest/redact'

/** Who put a Config where it was read: a person wrote it, or it was copied from a cluster with all that the cluster adds. */
export type ConfigOrigin = 'written' | 'copied'

const TOP_LEVEL = ['apiVersion', 'kind', 'metadata', 'spec', 'status']

/** Fields of metadata that mean something in a file. */
const WRITABLE = [
  'annotations',
  'finalizers',
  'generateName',
  'labels',
  'name',
  'namespace',
  'ownerReferences',
]

const SET_BY_SERVER = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'uid',
]

const unknownWarning = (path: string, name: string, known: ReadonlyArray<string>): Problem => {
  const meant = nearMatch(name, known)
  return {
    path,
    message: 'is not a field that exists, and is ignored',
    remedy: meant === undefined ? 'remove it' : `did you mean ${meant}? Rename or remove it`,
  }
}

const IGNORED_STATUS: Problem = {
  path: 'status',
  message: 'is ignored: the operator writes it',
  remedy: 'remove it',
}

const topLevelWarnings = (manifest: JsonObject, origin: ConfigOrigin): ReadonlyArray<Problem> => [
  ...Object.keys(manifest)
    .filter((name) => !TOP_LEVEL.includes(name))
    .map((name) => unknownWarning(name, name, TOP_LEVEL)),
  ...(origin === 'written' && Object.hasOwn(manifest, 'status') ? [IGNORED_STATUS] : []),
]

const metadataWarning = (name: string): Problem => {
  const path = `metadata.${name}`
  if (name === 'selfLink') {
    const message = 'does not exist any more since Kubernetes 1.20, and is ignored'
    return { path, message, remedy: 'remove it' }
  }
  return SET_BY_SERVER.includes(name)
    ? { path, message: 'is ignored: the API server sets it', remedy: 'remove it' }
    : unknownWarning(path, name, WRITABLE)
}

const metadataWarnings = (
  { metadata }: JsonObject,
  origin: ConfigOrigin,
): ReadonlyArray<Problem> => {
  const expected = origin === 'written' ? WRITABLE : [...WRITABLE, ...SET_BY_SERVER]
  return isJsonObject(metadata)
    ? Object.keys(metadata)
        .filter((name) => !expected.includes(name))
        .map(metadataWarning)
    : []
}

const DEPRECATED_LOGGING: Problem = {
  path: 'spec.logging',
  message: 'is deprecated, but still counts',
  remedy: 'use spec.logLevel: Normal, Debug, Trace or TraceAll',
}

/** Nothing keeps the pods' folders alike: an image is there for whoever happens to meet the pod that has it. */
const separateFolders = ({
  managementState,
  replicas,
  storage,
}: ConfigSpec): ReadonlyArray<Problem> =>
  storage?.emptyDir === undefined || replicas < 2 || managementState === 'Removed'
    ? []
    : [
        {
          path: 'spec.storage.emptyDir',
          message: `is not shared: each of the ${replicas} registry pods keeps images of its own, so that they seem to come and go`,
          remedy: 'set spec.replicas to 1, or use spec.storage.pvc',
        },
      ]

const inactive = ({ path, message, remedy }: Problem): Problem => ({
  path,
  message: `${message} (of no effect unless Managed)`,
  remedy,
})

/** What would be refused if the registry were Managed. */
const specWarnings = ({ spec }: JsonObject): ReadonlyArray<Problem> =>
  pipe(
    decodeAt(ConfigSpec, 'spec', spec),
    E.match(
      () => [],
      (read) => [
        ...(read.logging === undefined ? [] : [DEPRECATED_LOGGING]),
        ...separateFolders(read),
        ...(read.managementState === 'Removed' || read.managementState === 'Unmanaged'
          ? checkConfig(read).map(inactive)
          : []),
      ],
    ),
  )

/**
 * What in a Config changes nothing, or not what its author may think: fields that do not exist, that the server
 * sets, that are deprecated. What it is refused for is not among it; decoding says that.
 */
export const configWarnings = (
  manifest: JsonObject,
  origin: ConfigOrigin,
): ReadonlyArray<Problem> => [
  ...topLevelWarnings(manifest, origin),
  ...metadataWarnings(manifest, origin),
  ...accessWarnings(manifest),
  ...exposureWarnings(manifest),
  ...specWarnings(redactManifest(manifest)),
]
