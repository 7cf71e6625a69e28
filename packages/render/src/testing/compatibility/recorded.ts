import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'

import { dataFolder } from './data-folder'
import { type Fields, isFields } from './fields'
import { manifestsOf } from './manifest'
import { identityOf } from './merged-facts'

const folder = join(dataFolder, 'recorded')
const commonName = 'common'
const notACase = [commonName, 'counts']

const textOf = (name: string): string => readFileSync(join(folder, `${name}.yaml`), 'utf8')

/** The names of the cases of which there is a recording, in order. */
export const recordedNames = (): ReadonlyArray<string> =>
  readdirSync(folder)
    .map((file) => basename(file, '.yaml'))
    .filter((name) => !notACase.includes(name))
    .sort()

let common: ReadonlyArray<Fields> | undefined

/** Read once: every recording has most of it. */
const commonManifests = (): ReadonlyArray<Fields> => (common ??= manifestsOf(textOf(commonName)))

const commonObjects = (identities: ReadonlyArray<unknown>): ReadonlyArray<Fields> =>
  identities.map((identity) => {
    const found = commonManifests().find((object) => identityOf(object) === identity)
    if (found === undefined) throw new Error(`${String(identity)} is not in common.yaml`)
    return found
  })

/** The objects that the original operator ended with in a case, sorted as `normalised` sorts them. */
export const loadRecorded = (name: string): ReadonlyArray<Fields> => {
  const file: unknown = parse(textOf(name))
  if (!isFields(file)) throw new Error(`${name} is no recording`)
  const { common, objects } = file
  if (!Array.isArray(common) || !Array.isArray(objects)) throw new Error(`${name} is no recording`)
  const own: ReadonlyArray<unknown> = objects
  return [...commonObjects(common), ...own.filter(isFields)].sort((a, b) =>
    identityOf(a) < identityOf(b) ? -1 : 1,
  )
}
