import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { type Entries, objectEntries } from './object-entries'
import type { GivenObject, Items, PodVolume, Projection } from './pod-spec'

/** What the volumes of a pod are filled from. */
export type VolumeSources = Readonly<{
  objects: ReadonlyArray<GivenObject>
  /** The text of every service account token. */
  token: string
  /** The folders of claims that are there already, by the names of the claims. */
  claims: Readonly<Record<string, string>>
}>

/** A volume as a folder of this machine. */
export type VolumeFolder = Readonly<{
  path: string
  /** Whether pods can never write to volumes of this kind. */
  readOnly: boolean
}>

const filesOf = (entries: Entries, items: Items | undefined, optional = false): Entries => {
  if (items === undefined) return entries
  return Object.fromEntries(
    items.flatMap(({ key, path }) => {
      const content = entries[key]
      if (content === undefined && !optional)
        throw new Error(`The pod cannot start: a volume has no ${key}`)
      return content === undefined ? [] : [[path, content] as const]
    }),
  )
}

const projectedFiles = (
  { secret, configMap, serviceAccountToken }: Projection,
  { objects, token }: VolumeSources,
): Entries => ({
  ...(secret === undefined
    ? {}
    : filesOf(
        objectEntries(objects, { kind: 'Secret', name: secret.name, optional: secret.optional }),
        secret.items,
        secret.optional,
      )),
  ...(configMap === undefined
    ? {}
    : filesOf(
        objectEntries(objects, {
          kind: 'ConfigMap',
          name: configMap.name,
          optional: configMap.optional,
        }),
        configMap.items,
        configMap.optional,
      )),
  ...(serviceAccountToken === undefined ? {} : { [serviceAccountToken.path]: Buffer.from(token) }),
})

/** The files of a volume that is filled by Kubernetes; undefined for one that pods fill. */
const filesIn = (volume: PodVolume, sources: VolumeSources): Entries | undefined => {
  const { secret, configMap, projected } = volume
  const parts: ReadonlyArray<Projection> | undefined =
    secret !== undefined
      ? [{ secret: { ...secret, name: secret.secretName } }]
      : configMap !== undefined
        ? [{ configMap }]
        : projected?.sources
  return parts?.reduce<Entries>(
    (files, part) => ({ ...files, ...projectedFiles(part, sources) }),
    {},
  )
}

const writeFiles = async (folder: string, files: Entries): Promise<void> => {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
}

/** Makes a volume's folder, with its files, inside of `parent`. */
export const makeVolume = async (
  volume: PodVolume,
  sources: VolumeSources,
  parent: string,
): Promise<VolumeFolder> => {
  const { name, emptyDir, persistentVolumeClaim: claim } = volume
  const given = claim === undefined ? undefined : sources.claims[claim.claimName]
  if (given !== undefined) return { path: given, readOnly: false }
  const path = join(parent, name)
  await mkdir(path, { recursive: true })
  if (emptyDir !== undefined || claim !== undefined) return { path, readOnly: false }
  const files = filesIn(volume, sources)
  if (files === undefined) throw new Error(`The volume ${name} is of a kind that is not known here`)
  await writeFiles(path, files)
  return { path, readOnly: true }
}
