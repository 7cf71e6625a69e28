import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parseAllDocuments } from 'yaml'

import { keyOf, type KubeObject, refOf, type Snapshot } from '../src/model'

/** A file of a case, or one that they share. */
export const pathOf = (...parts: ReadonlyArray<string>): string =>
  join(import.meta.dirname, ...parts)

/** Every folder is a case; its name says what it is about. */
export const caseNames: ReadonlyArray<string> = readdirSync(import.meta.dirname, {
  withFileTypes: true,
})
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

const manifests = (path: string): ReadonlyArray<KubeObject> =>
  parseAllDocuments(readFileSync(path, 'utf8')).map((document) => document.toJS() as KubeObject)

const identity = (object: KubeObject): string =>
  object.kind === 'APIGroupDiscoveryList' ? object.kind : keyOf(refOf(object))

/** The case's own objects and those of its cluster; of two with one name, its own. */
export const snapshotOf = (name: string): ReadonlyArray<KubeObject> & Snapshot => {
  const cluster = pathOf(name, 'cluster.yaml')
  const common = manifests(existsSync(cluster) ? cluster : pathOf('cluster.yaml'))
  const own = manifests(pathOf(name, 'input.yaml'))
  const replaced = new Set(own.map(identity))
  return [...common.filter((object) => !replaced.has(identity(object))), ...own]
}
