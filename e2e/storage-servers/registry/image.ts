import { createHash, randomBytes } from 'node:crypto'

/** What of an image a registry keeps. */
export type Image = Readonly<{ config: Buffer; layers: ReadonlyArray<Buffer> }>

/** The name that a registry has for these bytes. */
export const digestOf = (content: Uint8Array): string =>
  `sha256:${createHash('sha256').update(content).digest('hex')}`

const MiB = 1024 * 1024

/** A new image; by default of three layers, of which one is large enough to reach a storage in several parts. */
export const newImage = (sizes: ReadonlyArray<number> = [1000, 12 * MiB, 300_000]): Image => {
  const layers = sizes.map((size) => randomBytes(size))
  const config = {
    architecture: 'amd64',
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: layers.map(digestOf) },
  }
  return { config: Buffer.from(JSON.stringify(config)), layers }
}

/** Whether two images have the same bytes throughout. */
export const isSameImage = (a: Image, b: Image): boolean =>
  a.config.equals(b.config) &&
  a.layers.length === b.layers.length &&
  a.layers.every((layer, index) => b.layers[index]?.equals(layer) === true)
