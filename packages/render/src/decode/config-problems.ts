import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import { isJsonObject, names, type JsonObject, type Problem } from '../model'
import { nearMatch } from '../schema/near-match'
import { decodeAt } from '../schema/problems'
import { showKind, showValue } from '../schema/show-value'

import { checkConfig, NO_STORAGE } from './check-config'
import { ConfigSpec } from './config/config-spec'
import { decodeConfig, type ConfigRefusal } from './decode-config'
import { redactManifest } from './redact'

/** What is to be said about a Config in a file: what it is refused for, and what in it has no effect. */
export type ConfigReport = {
  readonly problems: ReadonlyArray<Problem>
  readonly warnings: ReadonlyArray<Problem>
}

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

const topLevelWarnings = (manifest: JsonObject): ReadonlyArray<Problem> => [
  ...Object.keys(manifest)
    .filter((name) => !TOP_LEVEL.includes(name))
    .map((name) => unknownWarning(name, name, TOP_LEVEL)),
  ...(Object.hasOwn(manifest, 'status')
    ? [{ path: 'status', message: 'is ignored: the operator writes it', remedy: 'remove it' }]
    : []),
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

const metadataWarnings = ({ metadata }: JsonObject): ReadonlyArray<Problem> =>
  isJsonObject(metadata)
    ? Object.keys(metadata)
        .filter((name) => !WRITABLE.includes(name))
        .map(metadataWarning)
    : []

const DEPRECATED_LOGGING: Problem = {
  path: 'spec.logging',
  message: 'is deprecated, but still counts',
  remedy: 'use spec.logLevel: Normal, Debug, Trace or TraceAll',
}

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
        ...(read.managementState === 'Removed' || read.managementState === 'Unmanaged'
          ? checkConfig(read).map(inactive)
          : []),
      ],
    ),
  )

const identityProblems = ({ kind, metadata }: JsonObject): ReadonlyArray<Problem> => {
  const name = isJsonObject(metadata) ? metadata['name'] : undefined
  return [
    ...(kind === 'Config'
      ? []
      : [{ path: 'kind', message: `must be Config, got ${showValue(kind)}`, remedy: 'change it' }]),
    ...(name === names.SINGLETON_NAME
      ? []
      : [
          {
            path: 'metadata.name',
            message: `must be ${names.SINGLETON_NAME}, got ${showValue(name)}`,
            remedy: `rename it: only the Config named ${names.SINGLETON_NAME} counts`,
          },
        ]),
  ]
}

const problemsOf = (refusal: ConfigRefusal): ReadonlyArray<Problem> =>
  refusal._tag === 'InvalidConfig' ? refusal.problems : [NO_STORAGE]

const decodingProblems = (manifest: JsonObject): ReadonlyArray<Problem> =>
  pipe(
    decodeConfig(manifest),
    E.match(problemsOf, () => []),
  )

/** Everything to be said about a Config in a file, before it meets a cluster. */
export const configProblems = (manifest: unknown): ConfigReport => {
  if (!isJsonObject(manifest)) {
    const message = `must be an object, got ${showKind(manifest)}`
    return { problems: [{ path: '', message, remedy: 'write a Config' }], warnings: [] }
  }
  const redacted = redactManifest(manifest)
  return {
    problems: [...identityProblems(redacted), ...decodingProblems(redacted)],
    warnings: [
      ...topLevelWarnings(redacted),
      ...metadataWarnings(redacted),
      ...specWarnings(redacted),
    ],
  }
}
