import { createHash } from 'node:crypto'

/** What a blob is known by: `sha256:` and 64 hexadecimal digits. */
export type Digest = `sha256:${string}`

/** Bytes with a digest: a layer, a configuration, a manifest. */
export type Blob = {
  readonly mediaType: string
  readonly digest: Digest
  readonly content: Uint8Array
}

/** How one blob refers to another. */
export type Descriptor = {
  readonly mediaType: string
  readonly digest: Digest
  readonly size: number
}

export const sha256 = (content: Uint8Array): Digest =>
  `sha256:${createHash('sha256').update(content).digest('hex')}`

export const blob = (mediaType: string, content: Uint8Array): Blob => ({
  mediaType,
  digest: sha256(content),
  content,
})

/** A blob of JSON; the order of the fields is that of the value. */
export const jsonBlob = (mediaType: string, value: object): Blob =>
  blob(mediaType, new TextEncoder().encode(JSON.stringify(value)))

export const descriptor = ({ mediaType, digest, content }: Blob): Descriptor => ({
  mediaType,
  digest,
  size: content.length,
})
