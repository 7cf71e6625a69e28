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

/** The blobs of an image in an archive of one or several; the layers without their compression, from the lowest to the topmost. */
export const archivedImage = async (
  path: string,
  architecture: string,
): Promise<Readonly<{ config: Buffer; layers: ReadonlyArray<Buffer> }>> => {
  const { bytes, blob } = await blobsOf(path)
  const [top] = (parsed(bytes('index.json')) as Document).manifests
  if (top === undefined) throw new Error(`${path} has no image`)
  // The only image of an archive stands where there is an index otherwise.
  const { manifests = [top] } = parsed(blob(top)) as Partial<Document>
  const chosen = manifests.find(({ platform }) => platform?.architecture === architecture)
  if (chosen === undefined) throw new Error(`${path} has nothing for ${architecture}`)
  const manifest = parsed(blob(chosen)) as Document
  return {
    config: Buffer.from(blob(manifest.config)),
    layers: manifest.layers.map((layer) => gunzipSync(blob(layer))),
  }
}

/** The same image with its layers unpacked. */
export const unpackedImage = async (path: string, architecture: string): Promise<UnpackedImage> => {
  const image = await archivedImage(path, architecture)
  const layers = await Promise.all(image.layers.map(filesOf))
  const { config } = parsed(image.config) as Readonly<{ config: UnpackedImage['config'] }>
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
