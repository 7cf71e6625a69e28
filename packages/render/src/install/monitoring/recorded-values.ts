import type { JsonObject, KubeObject } from '../../model'
import { prometheusRule } from './prometheus-rule'

/** Values that OpenShift's telemetry and dashboards know by these names. */
const IMAGE_STREAM_TAGS: JsonObject = {
  record: 'imageregistry:imagestreamtags_count:sum',
  expr: 'sum by (location, source) (image_registry_image_stream_tags_total)',
}

/** What a method of the registry is counted as. */
type Operation = { readonly method: string; readonly operation: string; readonly resource: string }

const OPERATIONS: ReadonlyArray<Operation> = [
  { method: 'BlobStore.ServeBlob', operation: 'get', resource: 'blob' },
  { method: 'BlobStore.Create', operation: 'create', resource: 'blob' },
  { method: 'ManifestService.Get', operation: 'get', resource: 'manifest' },
  { method: 'ManifestService.Put', operation: 'create', resource: 'manifest' },
]

const labelled = (expr: string, label: string, value: string): string =>
  `label_replace(${expr}, "${label}", "${value}", "", "")`

const countOf = (method: string): string =>
  `sum by (operation) (imageregistry_request_duration_seconds_count{operation="${method}"})`

const operationsCount = ({ method, operation, resource }: Operation): JsonObject => ({
  record: 'imageregistry:operations_count:sum',
  expr: labelled(labelled(countOf(method), 'operation', operation), 'resource_type', resource),
})

/** How many tags of image streams there are, and what the registry is asked to do. */
export const recordedValues: ReadonlyArray<KubeObject> = [
  prometheusRule('imagestreams-rules', [
    { name: 'imagestreams.rules', rules: [IMAGE_STREAM_TAGS] },
  ]),
  prometheusRule('image-registry-rules', [
    { name: 'imageregistry.operations.rules', rules: OPERATIONS.map(operationsCount) },
  ]),
]
