import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'

import { dataFolder } from './data-folder'
import { type Fields, isFields } from './fields'
import { type Manifest, manifestsOf } from './manifest'
import { type Identified, identityOf, mergedFacts } from './merged-facts'

/** What a cluster is like, and what its administrator asks of the registry there. */
export type CompatibilityCase = Readonly<{
  /** The sentence that names its file. */
  name: string
  /** Everything that is in the cluster before the operator starts. */
  facts: ReadonlyArray<Manifest>
  /** The spec of the Config; null when there is none and the operator makes one. */
  config: Fields | null
  /** The spec of the ImagePruner; null when there is none. */
  imagePruner: Fields | null
}>

const casesFolder = join(dataFolder, 'cases')
const factsPath = join(dataFolder, 'facts.yaml')
const members = ['facts', 'absent', 'config', 'imagePruner']

const listIn = (file: Fields, member: string): ReadonlyArray<Identified> => {
  const list = file[member] ?? []
  if (!Array.isArray(list)) throw new Error(`${member} is no list`)
  for (const item of list) identityOf(item)
  // Each of them has just been seen to be one.
  return list as ReadonlyArray<Identified>
}

const specIn = (file: Fields, member: string): Fields | null => {
  const spec = file[member] ?? null
  if (spec !== null && !isFields(spec)) throw new Error(`${member} is no spec`)
  return spec
}

/** A case from the text of its file, on top of the facts that all cases share. */
export const caseFrom = (
  name: string,
  text: string,
  common: ReadonlyArray<Manifest>,
): CompatibilityCase => {
  const file: unknown = parse(text)
  if (!isFields(file)) throw new Error(`${name} is no case`)
  const unknown = Object.keys(file).filter((key) => !members.includes(key))
  if (unknown.length > 0) throw new Error(`${name} has unknown members: ${unknown.join(', ')}`)
  return {
    name,
    facts: mergedFacts(common, listIn(file, 'facts'), listIn(file, 'absent')),
    config: specIn(file, 'config'),
    imagePruner: specIn(file, 'imagePruner'),
  }
}

/** The names of all cases, in order. */
export const caseNames = (): ReadonlyArray<string> =>
  readdirSync(casesFolder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort()

const commonFacts = manifestsOf(readFileSync(factsPath, 'utf8'))

/** Reads one case. */
export const loadCase = (name: string): CompatibilityCase =>
  caseFrom(name, readFileSync(join(casesFolder, `${name}.yaml`), 'utf8'), commonFacts)
