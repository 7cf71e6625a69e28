import type { Entry } from '@image-registry-operator/oci-image'

import { neededLibraries } from './needed-libraries'

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Libraries that programs among the entries need, and that are not among them. */
export const missingLibraries = (entries: ReadonlyArray<Entry>): ReadonlyArray<string> => {
  const there = new Set(entries.map(({ path }) => nameOf(path)))
  const needed = entries.flatMap((entry) =>
    entry._tag === 'File' ? neededLibraries(entry.content) : [],
  )
  return [...new Set(needed)].filter((name) => !there.has(name)).sort()
}
