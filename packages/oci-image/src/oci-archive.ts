import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'

import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { type Blob, descriptor, type Digest, jsonBlob } from './blob'
import type { Image, Platform } from './image'
import type { OciError } from './oci-error'
import { tar } from './tar'
import { treeOf } from './tree'
import { type Entry, file } from './tree-entry'

/** Images for one or more platforms under the same names, as files of an OCI image layout. */
export type OciArchive = {
  /** What a registry will call it: of the only image, or of the index of all. */
  readonly digest: Digest
  readonly entries: ReadonlyArray<Entry>
}

// Registry (with a dot or a port, or localhost), name and tag: without these, each tool fills in its own.
const REGISTRY = String.raw`(localhost|[a-z0-9-]+(\.[a-z0-9-]+)+|[a-z0-9-]+(?=:))(:\d+)?`
const NAME = String.raw`(/[a-z0-9]+([._-]+[a-z0-9]+)*)+`
const TAG = String.raw`:\w[\w.-]{0,127}`
const REFERENCE = new RegExp(`^${REGISTRY}${NAME}${TAG}$`)

/** Whether a name says registry, name and tag, so that every tool reads it the same. */
export const isReference = (text: string): boolean => REFERENCE.test(text)

const platformName = ({ os, architecture }: Platform): string => `${os}/${architecture}`

const problemOf = (
  images: ReadonlyArray<Image>,
  references: ReadonlyArray<string>,
): OciError | undefined => {
  if (images.length === 0) return { _tag: 'NoImages' }
  const names = images.map(({ platform }) => platformName(platform))
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) return { _tag: 'PlatformTwice', platform: twice }
  const bad = references.find((reference) => !isReference(reference))
  return bad === undefined ? undefined : { _tag: 'BadReference', reference: bad }
}

const INDEX = 'application/vnd.oci.image.index.v1+json'

const indexBlob = (manifests: ReadonlyArray<object>): Blob =>
  jsonBlob(INDEX, { schemaVersion: 2, mediaType: INDEX, manifests })

const forPlatform = ({ manifest, platform }: Image): object => ({
  ...descriptor(manifest),
  platform,
})

/** One name is read by podman and skopeo, the other one by containerd. */
const named = (target: object, reference: string): object => ({
  ...target,
  annotations: {
    'io.containerd.image.name': reference,
    'org.opencontainers.image.ref.name': reference,
  },
})

const blobFile = ({ digest, content }: Blob): Entry =>
  file(`blobs/${digest.replace(':', '/')}`, content)

/** Layers that several images share are there once. */
const once = (blobs: ReadonlyArray<Blob>): ReadonlyArray<Blob> => [
  ...new Map(blobs.map((each) => [each.digest, each])).values(),
]

const blobsOf = ({ manifest, config, layers }: Image): ReadonlyArray<Blob> => [
  manifest,
  config,
  ...layers.map((each) => each.blob),
]

/** An archive of these images, for different platforms, under these names. */
export const ociArchive = (
  images: ReadonlyArray<Image>,
  references: ReadonlyArray<string>,
): E.Either<OciError, OciArchive> => {
  const problem = problemOf(images, references)
  if (problem !== undefined) return E.left(problem)
  const index = indexBlob(images.map(forPlatform))
  const [only, ...others] = images
  // Not every tool looks into an index for the only image there is.
  const isAlone = only !== undefined && others.length === 0
  const top = isAlone ? only.manifest : index
  const target = isAlone ? forPlatform(only) : descriptor(index)
  const targets =
    references.length === 0 ? [target] : references.map((reference) => named(target, reference))
  return pipe(
    treeOf([
      file('oci-layout', JSON.stringify({ imageLayoutVersion: '1.0.0' })),
      file('index.json', indexBlob(targets).content),
      ...once([...images.flatMap(blobsOf), top]).map(blobFile),
    ]),
    E.map((entries) => ({ digest: top.digest, entries })),
  )
}

const write = async (path: string, entries: ReadonlyArray<Entry>): Promise<void> => {
  const unfinished = `${path}.unfinished`
  await mkdir(dirname(path), { recursive: true })
  try {
    await pipeline(tar(entries), createWriteStream(unfinished))
    await rename(unfinished, path)
  } finally {
    await rm(unfinished, { force: true })
  }
}

/** Writes an archive to a file, which is there only when it is complete. */
export const writeArchive =
  (path: string) =>
  ({ entries }: OciArchive): TE.TaskEither<OciError, void> =>
    TE.tryCatch(
      () => write(path, entries),
      (cause): OciError => ({ _tag: 'CannotWrite', path, cause }),
    )
