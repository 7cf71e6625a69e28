import { isJsonArray, isJsonObject, type Json, type JsonObject, objectsOf } from './json'
import { REGISTRY_NAMESPACE } from './names'

const objectAt = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})

const listAt = (value: Json | undefined): ReadonlyArray<Json> => (isJsonArray(value) ? value : [])

/** By which the pods of one template are told from those of another. */
const TEMPLATE_LABEL = 'pod-template-hash'

/**
 * Whether pods of this template require that no other pod of the registry is on their node, whichever template that is
 * of. Then, where there is one node only, they have to go before others can come.
 */
export const keepsApart = (template: Json | undefined): boolean => {
  const { metadata, spec } = objectAt(template)
  const { podAntiAffinity } = objectAt(objectAt(spec)['affinity'])
  const labels = objectAt(objectAt(metadata)['labels'])
  return objectsOf(
    objectAt(podAntiAffinity)['requiredDuringSchedulingIgnoredDuringExecution'],
  ).some((term) => isInOurNamespace(term) && isOfEveryTemplate(term) && selects(term, labels))
}

/** A term without namespaces is about the pod's own one. */
const isInOurNamespace = ({ namespaces, namespaceSelector }: JsonObject): boolean =>
  isJsonObject(namespaceSelector) ||
  listAt(namespaces).length === 0 ||
  listAt(namespaces).includes(REGISTRY_NAMESPACE)

const isOfEveryTemplate = ({ matchLabelKeys }: JsonObject): boolean =>
  !listAt(matchLabelKeys).includes(TEMPLATE_LABEL)

/** No selector selects nothing, an empty one everything. */
const selects = ({ labelSelector }: JsonObject, labels: JsonObject): boolean =>
  isJsonObject(labelSelector) &&
  Object.entries(objectAt(labelSelector['matchLabels'])).every(
    ([name, value]) => labels[name] === value,
  ) &&
  objectsOf(labelSelector['matchExpressions']).every((expression) => isMet(expression, labels))

const isMet = ({ key, operator, values }: JsonObject, labels: JsonObject): boolean => {
  const value = typeof key === 'string' ? labels[key] : undefined
  switch (operator) {
    case 'In':
      return value !== undefined && listAt(values).includes(value)
    case 'NotIn':
      return value === undefined || !listAt(values).includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}
