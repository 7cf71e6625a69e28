import type { Json } from '@image-registry-operator/render/model'
import { stringify } from 'yaml'

/** How results are printed. */
export type ManifestFormat = 'yaml' | 'json'

/** YAML that readers of YAML 1.1, kubectl among them, understand the same way: `"yes"` stays a text. */
export const toYaml = (value: unknown): string =>
  stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })

/** One value as a document that ends in a newline. */
export const printed = (value: unknown, format: ManifestFormat): string =>
  format === 'json' ? `${JSON.stringify(value, undefined, 2)}\n` : toYaml(value)

/** Objects as one List, as kubectl prints and takes it. */
export const printedList = (items: ReadonlyArray<unknown>, format: ManifestFormat): string =>
  printed({ apiVersion: 'v1', kind: 'List', items }, format)

/** Objects as YAML documents, one after the other. */
export const printedDocuments = (items: ReadonlyArray<Json>): string =>
  items.map(toYaml).join('---\n')
