import { digestOfJson } from '../digest'
import { fieldStep, type FieldPath, itemStep } from '../fields/field-path'
import { keysAt } from '../fields/field-tree'
import { hasManagedFields, managedEntries } from '../fields/managed-fields'
import { valueAt } from '../fields/value-at'
import {
  type Config,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  names,
} from '../model'
import { adoptedEntries } from '../fields/adoption'

const fields = (...path: ReadonlyArray<string>): FieldPath => path.map(fieldStep)

const DEPENDENCIES = fields(
  ...['spec', 'template', 'metadata', 'annotations', names.DEPENDENCIES_ANNOTATION],
)
const CONTAINERS = fields('spec', 'template', 'spec', 'containers')
const HTTP_SECRET: FieldPath = [
  ...[...CONTAINERS, itemStep({ name: 'registry' }), fieldStep('env')],
  itemStep({ name: names.HTTP_SECRET_KEY }),
]
const RECORD = fields('metadata', 'annotations', names.ADOPTED_PODS_ANNOTATION)

/** What is left in the pods as the original operator made it. */
export const ADOPTED_PATHS: ReadonlyArray<FieldPath> = [DEPENDENCIES, HTTP_SECRET]

/**
 * The Deployment as it should be while pods that the original operator started need no restart. Two things in them
 * differ from ours only in how they are written down: the digest of what the pods read, and the HTTP secret, which
 * stands there itself instead of a reference. Neither is applied then, so that both stay as they are; a record on the
 * Deployment says for which digests that holds. Undefined when ours has to take their place.
 */
export const withAdoptedPods = (
  desired: KubeObject,
  live: KubeObject,
  config: Config,
): KubeObject | undefined => {
  if (desired.kind !== 'Deployment') return undefined
  const record = recordOf(desired, live, config)
  const isNews =
    (adoptedEntries(live, '').length > 0 || isHalfAdopted(live)) && isSameSecret(live, config)
  return isNews || valueAt(live, RECORD) === record ? recorded(desired, record) : undefined
}

/** An operator was stopped after it had left the original nothing, and before it wrote: they are nobody's by then. */
const isHalfAdopted = (live: KubeObject): boolean =>
  hasManagedFields(live) &&
  valueAt(live, RECORD) === undefined &&
  ADOPTED_PATHS.every(
    (path) =>
      valueAt(live, path) !== undefined &&
      managedEntries(live).every(({ fields }) => keysAt(fields, path) === undefined),
  )

/** Holds as long as neither what we want of the two nor what there is of them changes. */
const recordOf = (desired: KubeObject, live: KubeObject, { httpSecret }: Config): string =>
  digestOfJson([
    valueAt(desired, DEPENDENCIES) ?? null,
    httpSecret._tag === 'FromSpec' ? httpSecret.digest : null,
    valueAt(live, DEPENDENCIES) ?? null,
    valueAt(live, HTTP_SECRET) ?? null,
  ])

/** The secret in the pods is the one that the Config names; both are digests here. */
const isSameSecret = (live: KubeObject, { httpSecret }: Config): boolean => {
  const variable = valueAt(live, HTTP_SECRET)
  return (
    httpSecret._tag === 'FromSpec' &&
    isJsonObject(variable) &&
    variable['value'] === httpSecret.digest
  )
}

const recorded = (desired: KubeObject, record: string): KubeObject => {
  const { metadata, spec } = desired
  const annotations = { ...metadata.annotations, [names.ADOPTED_PODS_ANNOTATION]: record }
  return {
    ...desired,
    metadata: { ...metadata, annotations },
    ...(spec === undefined ? {} : { spec: mapped(spec, ['template'], adoptedTemplate) }),
  }
}

const adoptedTemplate = (template: Json): Json =>
  mapped(
    mapped(template, ['metadata', 'annotations'], withoutDependencies),
    ['spec', 'containers'],
    (containers) =>
      isJsonArray(containers)
        ? containers.map((container) => mapped(container, ['env'], withoutSecret))
        : containers,
  )

const withoutDependencies = (annotations: Json): Json => {
  if (!isJsonObject(annotations)) return annotations
  const { [names.DEPENDENCIES_ANNOTATION]: _left, ...rest } = annotations
  return rest
}

const withoutSecret = (variables: Json): Json =>
  isJsonArray(variables)
    ? variables.filter((one) => !isJsonObject(one) || one['name'] !== names.HTTP_SECRET_KEY)
    : variables

/** A value with another one at a place that it has. */
const mapped = (
  value: Json,
  [name, ...rest]: ReadonlyArray<string>,
  change: (at: Json) => Json,
): Json => {
  if (name === undefined) return change(value)
  if (!isJsonObject(value)) return value
  const inner = value[name]
  const next: JsonObject =
    inner === undefined ? value : { ...value, [name]: mapped(inner, rest, change) }
  return next
}
