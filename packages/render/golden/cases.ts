import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parseAllDocuments } from 'yaml'

import type { KubeObject, Snapshot } from '../src/model'
import { edited, replaced } from './edits'
import { settled } from './settled'

/** The case that shows every object; others say what they have otherwise. */
export const PLAINEST = 'an-empty-dir-and-nothing-else'

/** The case of a registry that runs; others begin with it. */
export const RUNNING = 'everything-is-as-it-should-be'

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

/**
 * What a case begins with. `input.yaml` has the case's own objects; they stand in for those of the cluster that have
 * the same name. A case with `edits.yaml` begins with a registry that runs: the file says only what has changed.
 * `before.yaml` beside it is what changed earlier; the operator has dealt with that.
 */
export const snapshotOf = (name: string): ReadonlyArray<KubeObject> & Snapshot => {
  const edits = pathOf(name, 'edits.yaml')
  return existsSync(edits) ? edited(earlier(name), manifests(edits)) : given(name)
}

/** The case with which one is compared; undefined for that which says everything. */
export const basisOf = (name: string): string | undefined => {
  if (name === PLAINEST) return undefined
  return existsSync(pathOf(name, 'edits.yaml')) ? RUNNING : PLAINEST
}

/** The cluster that a case is about. */
export const clusterOf = (name: string): ReadonlyArray<KubeObject> => {
  const own = pathOf(name, 'cluster.yaml')
  return manifests(existsSync(own) ? own : pathOf('cluster.yaml'))
}

const given = (name: string): ReadonlyArray<KubeObject> =>
  replaced(clusterOf(name), manifests(pathOf(name, 'input.yaml')))

const earlier = (name: string): ReadonlyArray<KubeObject> => {
  const before = pathOf(name, 'before.yaml')
  return existsSync(before) ? settled(edited(given(RUNNING), manifests(before))) : given(RUNNING)
}
