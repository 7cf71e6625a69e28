import type { Garbage } from '../../model'

/** How the registry sums up what it has found; see `MarkAndSweep` in the source of the distribution project. */
const SUMMARY = /^\d+ blobs marked, (\d+) blobs and (\d+) manifests eligible for deletion$/gm

const BLOB = /^blob eligible for deletion: /gm

/** The summary comes before what it sums up, and nodes keep only the end of long logs: what is listed there counts then. */
const listed = (log: string): Garbage | undefined => {
  const blobs = [...log.matchAll(BLOB)].length
  return blobs === 0 ? undefined : { blobs, manifests: 0 }
}

/** What the log of `registry garbage-collect` says of the garbage; undefined where it says nothing. */
export const collectionLog = (log: string): Garbage | undefined => {
  const [, blobs, manifests] = [...log.matchAll(SUMMARY)].at(-1) ?? []
  return blobs === undefined || manifests === undefined
    ? listed(log)
    : { blobs: Number(blobs), manifests: Number(manifests) }
}
