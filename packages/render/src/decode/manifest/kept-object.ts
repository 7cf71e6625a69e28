import { fieldStep } from '../../fields/field-path'
import { valueAt } from '../../fields/value-at'
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
} from '../../model'
import { isBundle } from '../certificates/bundles'
import { countedImageStream } from '../images/image-stream'

/**
 * What is kept of an object. Memory is decided here: the cluster's objects are large, the facts that are read
 * from them are small.
 *
 * | kind                                 | kept                                                           |
 * |--------------------------------------|----------------------------------------------------------------|
 * | what we write beside others          | all of managedFields: they say who put what in our way         |
 * | every other object                   | of managedFields, the entries of our two managers              |
 * | watched as metadata only (Node)      | name, uid, resourceVersion, labels                             |
 * | StorageClass, of those               | whether it is a default one, and since when                    |
 * | ConfigMap of authorities or settings | everything                                                     |
 * | every other ConfigMap                | metadata                                                       |
 * | ClusterVersion                       | of the status: what is wanted, and the versions in its history |
 * | CustomResourceDefinition             | names, versions, and the schema of the status conditions       |
 * | ImageStream                          | how many tags it has                                           |
 * | Job                                  | metadata, its deadline, and the conditions of the status       |
 * | Secret                               | everything: values are digests by then, and small              |
 * | Config, and all that we write        | everything                                                     |
 */
const isTrustBundle = ({ metadata: { name, namespace } }: KubeObject): boolean =>
  name === names.TRUSTED_CA_CONFIG_MAP && namespace === names.REGISTRY_NAMESPACE

const isNeeded = (configMap: KubeObject): boolean =>
  isBundle(configMap) || isTrustBundle(configMap) || writtenKindOf(refOf(configMap)) !== undefined

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

const isDefaultMark = (name: string): boolean =>
  names.DEFAULT_CLASS_ANNOTATIONS.some((mark) => mark === name)

const defaultMarks = ({ annotations = {}, creationTimestamp }: ObjectMeta): JsonObject => {
  const marks = Object.entries(annotations).filter(([name]) => isDefaultMark(name))
  return marks.length === 0
    ? {}
    : {
        annotations: Object.fromEntries(marks),
        ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
      }
}

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

/** Its list of updates, with the risks of each, can be long. */
const keptClusterVersion = (object: KubeObject): KubeObject => {
  const status = isJsonObject(object['status']) ? object['status'] : undefined
  const versions = objectsOf(status?.['history']).map(({ version }) => ({
    version: version ?? '',
  }))
  return {
    ...identityOf(object),
    metadata: object.metadata,
    ...(status === undefined
      ? {}
      : { status: { desired: status['desired'] ?? {}, history: versions } }),
  }
}

const keptJob = (object: KubeObject): KubeObject => {
  const spec = isJsonObject(object['spec']) ? object['spec'] : {}
  const status = isJsonObject(object['status']) ? object['status'] : {}
  const { activeDeadlineSeconds } = spec
  return {
    ...identityOf(object),
    metadata: object.metadata,
    ...(activeDeadlineSeconds === undefined ? {} : { spec: { activeDeadlineSeconds } }),
    status: { conditions: status['conditions'] ?? [] },
  }
}

const keptContent = (object: KubeObject): KubeObject => {
  switch (object.kind) {
    case 'CustomResourceDefinition':
      return keptDefinition(object)
    case 'ImageStream':
      return countedImageStream(object)
    case 'Job':
      return keptJob(object)
    case 'ConfigMap':
      return isNeeded(object) ? object : { ...identityOf(object), metadata: object.metadata }
    case 'ClusterVersion':
      return keptClusterVersion(object)
    default:
      return object
  }
}

/** The part of an object that the facts are read from. `metadataOnly`: only its metadata is looked at (see `WatchedKind`). */
export const keptObject = (object: KubeObject, metadataOnly: boolean): KubeObject =>
  metadataOnly
    ? {
        ...identityOf(object),
        metadata: { ...labelsOnly(object.metadata), ...defaultMarks(object.metadata) },
      }
    : keptContent(isShared(object) ? object : { ...object, metadata: ourEntries(object.metadata) })
