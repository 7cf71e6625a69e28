/** What is ours at the root of the destination begins with this. No runtime looks at such names. */
const OWN_PREFIX = '.image-registry-operator'

/** At the root of the destination: what we have made there. */
export const INDEX = `${OWN_PREFIX}.json`

/** A new version of the index, until it is complete. */
export const UNFINISHED_INDEX = `${OWN_PREFIX}.json.tmp`

/** Beside a file of ours: a new version of it, until it is complete. Its end keeps runtimes from reading it. */
export const unfinishedFile = (file: string): string => `${file}${OWN_PREFIX}.tmp`

/** Where a folder is filled before it gets its name. */
export const comingFolder = (folder: string): string => `${OWN_PREFIX}.new.${folder}`

/** Where a folder of ours is emptied after it has lost its name. */
export const goingFolder = (folder: string): string => `${OWN_PREFIX}.old.${folder}`

/** Whether nobody but us would call something so. */
export const isOwnName = (name: string): boolean => name.startsWith(OWN_PREFIX)
