import type { JsonObject, KubeObject } from '@image-registry-operator/render/model'

/** What somebody wants of the registry: everything that he has written for it, besides what the cluster has anyway. */
export type Wish = {
  readonly name: string
  /** The Config, the ImagePruner, Secrets: those that another wish does not have go when it is wanted instead. */
  readonly objects: ReadonlyArray<KubeObject>
}

/** What a wish says besides the spec of the Config. */
type Further = {
  readonly annotations?: { readonly [name: string]: string }
  readonly objects?: ReadonlyArray<KubeObject>
}

const GROUP = 'imageregistry.operator.openshift.io'

const annotated = (annotations: Further['annotations']) =>
  annotations === undefined
    ? {}
    : {
        annotations: Object.fromEntries(
          Object.entries(annotations).map(([name, value]) => [`${GROUP}/${name}`, value]),
        ),
      }

/** A wish for a registry that is managed, with one pod unless the spec says otherwise. */
export const wish = (
  name: string,
  spec: JsonObject,
  { annotations, objects = [] }: Further = {},
): Wish => ({
  name,
  objects: [
    {
      apiVersion: `${GROUP}/v1`,
      kind: 'Config',
      metadata: { name: 'cluster', ...annotated(annotations) },
      spec: { managementState: 'Managed', replicas: 1, ...spec },
    },
    ...objects,
  ],
})

/** The ImagePruner of that spec. */
export const pruner = (spec: JsonObject): KubeObject => ({
  apiVersion: `${GROUP}/v1`,
  kind: 'ImagePruner',
  metadata: { name: 'cluster' },
  spec: { suspend: false, keepTagRevisions: 3, schedule: '', ...spec },
})
