import { createHash } from 'node:crypto'

/** By what a file is known again as ours. */
export const fileDigest = (bytes: Uint8Array): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`
