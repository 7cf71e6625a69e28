import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'

import { describeOciError, type Entry, tarFiles } from '@image-registry-operator/oci-image'

type Descriptor = Readonly<{
  digest: string
  platform?: Readonly<{ architecture: string }>
}>

type Document = Readonly<{
  manifests: ReadonlyArray<Descriptor>
  config: Descriptor
  layers: ReadonlyArray<Descriptor>
}>

/** An image as an engine finds it. */
export type UnpackedImage = Readonly<{
  /** How it is run, by the names that OCI has for it. */
  config: Readonly<Record<string, unknown>>
  /** Its files and links, from the root. */
  entries: ReadonlyArray<Entry>
}>

const filesOf = async (archive: Uint8Array): Promise<ReadonlyArray<Entry>> => {
  const read = await tarFiles(archive, (path) => path)()
  if (read._tag === 'Left') throw new Error(describeOciError(read.left))
  return read.right
}

const blobsOf = async (path: string) => {
  const entries = await filesOf(await readFile(path))
  const contents = new Map(
    entries.map((entry) => [entry.path, entry._tag === 'File' ? entry.content : Buffer.of()]),
  )
  const bytes = (name: string): Uint8Array => {
    const content = contents.get(name)
    if (content === undefined) throw new Error(`${path} has no ${name}`)
    return content
  }
  const blob = ({ digest }: Descriptor): Uint8Array => bytes(`blobs/${digest.replace(':', '/')}`)
  return { bytes, blob }
}

const parsed = (content: Uint8Array): unknown => JSON.parse(Buffer.from(content).toString())

/** One of several images in an archive: layers from the lowest to the topmost. */
export const unpackedImage = async (path: string, architecture: string): Promise<UnpackedImage> => {
  const { bytes, blob } = await blobsOf(path)
  const [top] = (parsed(bytes('index.json')) as Document).manifests
  if (top === undefined) throw new Error(`${path} has no image`)
  const { manifests } = parsed(blob(top)) as Document
  const chosen = manifests.find(({ platform }) => platform?.architecture === architecture)
  if (chosen === undefined) throw new Error(`${path} has nothing for ${architecture}`)
  const manifest = parsed(blob(chosen)) as Document
  const layers = await Promise.all(
    manifest.layers.map(async (layer) => filesOf(gunzipSync(blob(layer)))),
  )
  const { config } = parsed(blob(manifest.config)) as Readonly<{ config: UnpackedImage['config'] }>
  return { config, entries: layers.flat() }
}

const put = async (path: string, entry: Entry): Promise<void> => {
  await mkdir(dirname(path), { recursive: true })
  if (entry._tag === 'Link') await symlink(entry.target, path)
  if (entry._tag !== 'File') return
  await writeFile(path, entry.content)
  await chmod(path, entry.mode)
}

/** Puts the files of an image into a folder. */
export const putImage = async ({ entries }: UnpackedImage, folder: string): Promise<void> => {
  for (const entry of entries) await put(join(folder, entry.path), entry)
}
