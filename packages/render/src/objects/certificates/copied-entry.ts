import type { Fill, ObjectRef } from '../../model'

/** The fill that copies one entry of a Secret's data to the place of the same name in another Secret. */
export const copiedEntry = (from: ObjectRef, key: string, digest: string): Fill => ({
  path: ['data', key],
  encoding: 'base64',
  source: { _tag: 'CopyOf', ref: from, path: ['data', key], digest },
})
