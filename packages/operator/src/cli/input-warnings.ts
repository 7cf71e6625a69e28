import {
  isJsonObject,
  names,
  type JsonObject,
  type Snapshot,
} from '@image-registry-operator/render/model'

import { inputProblem, type InputProblem } from './input-problem'

const METADATA_FIELDS: ReadonlyArray<string> = [
  'annotations',
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'finalizers',
  'generateName',
  'generation',
  'labels',
  'managedFields',
  'name',
  'ownerReferences',
  'resourceVersion',
  'uid',
]

/** Fields that manifests of old clusters still carry. */
const RETIRED_FIELDS: ReadonlyArray<string> = ['clusterName', 'initializers', 'selfLink']

const TOP_FIELDS: ReadonlyArray<string> = ['apiVersion', 'kind', 'metadata', 'spec', 'status']

const isConfig = (value: unknown): value is JsonObject =>
  isJsonObject(value) &&
  value['kind'] === 'Config' &&
  value['apiVersion'] === names.CONFIG_API_VERSION

const unknownMetadata = (where: string, metadata: JsonObject): ReadonlyArray<InputProblem> =>
  Object.keys(metadata)
    .filter((field) => !METADATA_FIELDS.includes(field))
    .map((field) =>
      RETIRED_FIELDS.includes(field)
        ? inputProblem(
            where,
            'is ignored: Kubernetes has no such field any more',
            'Remove it',
            `metadata.${field}`,
          )
        : inputProblem(
            where,
            'is ignored: metadata has no such field',
            'Remove it, or correct its name',
            `metadata.${field}`,
          ),
    )

const unknownTop = (where: string, config: JsonObject): ReadonlyArray<InputProblem> =>
  Object.keys(config)
    .filter((field) => !TOP_FIELDS.includes(field))
    .map((field) =>
      inputProblem(where, 'is ignored: a Config has no such field', 'Move it below spec', field),
    )

// Snapshots of a cluster carry managedFields, and their status is read; in a file that a person wrote it means nothing.
const ignoredStatus = (
  where: string,
  config: JsonObject,
  metadata: JsonObject,
): ReadonlyArray<InputProblem> =>
  config['status'] === undefined || metadata['managedFields'] !== undefined
    ? []
    : [inputProblem(where, 'is ignored: the operator writes it', 'Remove it', 'status')]

const warningsOf = (where: string, config: JsonObject): ReadonlyArray<InputProblem> => {
  const metadata = isJsonObject(config['metadata']) ? config['metadata'] : {}
  return [
    ...unknownTop(where, config),
    ...unknownMetadata(where, metadata),
    ...ignoredStatus(where, config, metadata),
  ]
}

/** What is in a Config and changes nothing; whoever wrote it may have meant something. */
export const inputWarnings = (snapshot: Snapshot, where: string): ReadonlyArray<InputProblem> =>
  snapshot.filter(isConfig).flatMap((config) => warningsOf(where, config))
