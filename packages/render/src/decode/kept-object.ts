import { fieldStep } from '../fields/field-path'
import { valueAt } from '../fields/value-at'
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  names,
  type ObjectMeta,
  objectsOf,
  refOf,
  writtenKindOf,
} from '../model'

/**
 * What is kept of an object. Memory is decided here: the cluster's objects are large, the facts that are read
 * from them are small.
 *
 * | kind                               | kept                                                              |
 * |------------------------------------|-------------------------------------------------------------------|
 * | what we write beside others        | all of managedFields: they say who put what in our way            |
 * | every other object                 | of managedFields, the entries of our two managers                 |
 * | watched as metadata only (Node)    | name, uid, resourceVersion, labels                                |
 * | ConfigMap, but for the pod's two   | metadata                                                          |
 * | CustomResourceDefinition           | names, versions, and the schema of the status conditions          |
 * | Secret                             | everything: values are digests by then, and small                 |
 * | Config, and all that we write      | everything                                                        |
 */
const CONFIG_MAPS_OF_THE_POD: ReadonlyArray<string> = [
  names.CERTIFICATES_CONFIG_MAP,
  names.TRUSTED_CA_CONFIG_MAP,
]

const OUR_MANAGERS: ReadonlyArray<Json> = [names.FIELD_MANAGER, names.STATUS_FIELD_MANAGER]

const isShared = (object: KubeObject): boolean => writtenKindOf(refOf(object))?.shared ?? false

/** An empty list stays: it says that nothing is ours, which is not the same as not knowing. */
const ourEntries = (metadata: ObjectMeta): ObjectMeta =>
  isJsonArray(metadata.managedFields)
    ? {
        ...metadata,
        managedFields: metadata.managedFields.filter(
          (entry) => isJsonObject(entry) && OUR_MANAGERS.includes(entry['manager'] ?? null),
        ),
      }
    : metadata

const labelsOnly = ({ name, uid, resourceVersion, labels }: ObjectMeta): ObjectMeta => ({
  name,
  ...(uid === undefined ? {} : { uid }),
  ...(resourceVersion === undefined ? {} : { resourceVersion }),
  ...(labels === undefined ? {} : { labels }),
})

const identityOf = ({ apiVersion, kind }: KubeObject) => ({ apiVersion, kind })

const CONDITIONS = [
  'schema',
  'openAPIV3Schema',
  'properties',
  'status',
  'properties',
  'conditions',
].map(fieldStep)

const keptVersion = (version: JsonObject): JsonObject => {
  const conditions = valueAt(version, CONDITIONS)
  const status = { type: 'object', properties: { conditions: conditions ?? {} } }
  return {
    name: version['name'] ?? '',
    served: version['served'] ?? false,
    storage: version['storage'] ?? false,
    ...(conditions === undefined
      ? {}
      : { schema: { openAPIV3Schema: { type: 'object', properties: { status } } } }),
  }
}

const keptDefinition = (object: KubeObject): KubeObject => {
  const spec = isJsonObject(object['spec']) ? object['spec'] : {}
  return {
    ...identityOf(object),
    metadata: object.metadata,
    spec: {
      group: spec['group'] ?? '',
      names: spec['names'] ?? {},
      scope: spec['scope'] ?? '',
      versions: objectsOf(spec['versions']).map(keptVersion),
    },
  }
}

const keptContent = (object: KubeObject): KubeObject => {
  switch (object.kind) {
    case 'CustomResourceDefinition':
      return keptDefinition(object)
    case 'ConfigMap':
      return CONFIG_MAPS_OF_THE_POD.includes(object.metadata.name)
        ? object
        : { ...identityOf(object), metadata: object.metadata }
    default:
      return object
  }
}

/** The part of an object that the facts are read from. `metadataOnly`: only its metadata is looked at (see `WatchedKind`). */
export const keptObject = (object: KubeObject, metadataOnly: boolean): KubeObject =>
  metadataOnly
    ? { ...identityOf(object), metadata: labelsOnly(object.metadata) }
    : keptContent(isShared(object) ? object : { ...object, metadata: ourEntries(object.metadata) })
