import { parseAllDocuments } from 'yaml'

/** An object of the cluster as a test meets it: in YAML, or in an answer of the API server. */
export type Manifest = Readonly<{
  apiVersion: string
  kind: string
  metadata: Readonly<{
    name: string
    namespace?: string
    uid?: string
    labels?: Readonly<Record<string, string>>
    annotations?: Readonly<Record<string, string>>
    deletionTimestamp?: string
    [field: string]: unknown
  }>
  [field: string]: unknown
}>

/** The objects in a text of YAML. */
export const manifestsOf = (yaml: string): ReadonlyArray<Manifest> =>
  parseAllDocuments(yaml).flatMap((document) => {
    const [problem] = document.errors
    if (problem !== undefined) throw problem
    // Nothing but manifests is in these files.
    const object = document.toJS() as Manifest | null
    return object === null ? [] : [object]
  })
