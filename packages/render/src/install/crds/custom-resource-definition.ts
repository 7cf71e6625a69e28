import { inKeyOrder, isJsonObject, type Json, type JsonObject, type KubeObject } from '../../model'
import type { AnyField } from '../../schema/field'

export type PrinterColumn = {
  readonly name: string
  readonly type: 'string' | 'integer' | 'date'
  readonly jsonPath: string
  readonly description: string
  /** 1: only shown with `-o wide`. */
  readonly priority?: number
}

/** What tells one kind of resource from the other. */
type ResourceDefinition = {
  readonly kind: string
  readonly plural: string
  readonly singular: string
  readonly shortName: string
  /** The pull request of openshift/api in which the kind was agreed upon. */
  readonly approval: string
  readonly description: string
  readonly spec: AnyField
  readonly status: AnyField
  readonly columns: ReadonlyArray<PrinterColumn>
}

const GROUP = 'imageregistry.operator.openshift.io'

const ANNOTATIONS = {
  'api.openshift.io/merged-by-featuregates': 'true',
  'include.release.openshift.io/ibm-cloud-managed': 'true',
  'include.release.openshift.io/self-managed-high-availability': 'true',
}

const AGE: PrinterColumn = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
  description: 'How long ago it was created.',
}

const sorted = (value: Json): Json => {
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(inKeyOrder(value)).map(([key, field]) => [key, sorted(field)]),
  )
}

const schema = ({ description, spec, status }: ResourceDefinition): JsonObject => ({
  description,
  type: 'object',
  required: ['metadata', 'spec'],
  properties: {
    apiVersion: { description: 'Version of this schema.', type: 'string' },
    kind: { description: 'Kind of the resource.', type: 'string' },
    metadata: { type: 'object' },
    spec: sorted(spec.openApi),
    status: sorted(status.openApi),
  },
})

// No scale subresource: with one, the API server refuses negative replicas itself, while the operator is to say
// so in a condition. And no category `all`: `kubectl delete all --all` in any namespace would delete these.
const namesOf = ({ kind, plural, singular, shortName }: ResourceDefinition): JsonObject => ({
  kind,
  listKind: `${kind}List`,
  plural,
  singular,
  shortNames: [shortName],
  categories: ['image-registry'],
})

/** A CustomResourceDefinition whose schema is that of the codecs. */
export const customResourceDefinition = (definition: ResourceDefinition): KubeObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {
    name: `${definition.plural}.${GROUP}`,
    annotations: { 'api-approved.openshift.io': definition.approval, ...ANNOTATIONS },
  },
  spec: {
    group: GROUP,
    names: namesOf(definition),
    scope: 'Cluster',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        additionalPrinterColumns: [...definition.columns, AGE],
        schema: { openAPIV3Schema: schema(definition) },
        subresources: { status: {} },
      },
    ],
  },
})
