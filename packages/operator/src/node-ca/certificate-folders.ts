/** The file in the folder of a registry that container runtimes read its authorities from. */
export const CERTIFICATE = 'ca.crt'

/** What is ours at the root of the destination begins with this. No runtime looks at such names. */
const OWN_PREFIX = '.image-registry-operator'

/** At the root of the destination: what we have made there. */
export const INDEX = `${OWN_PREFIX}.json`

/** A new version of the index, until it is complete. */
export const UNFINISHED_INDEX = `${OWN_PREFIX}.json.tmp`

/** Beside the certificate: a new version of it, until it is complete. Its end keeps runtimes from reading it. */
export const UNFINISHED_CERTIFICATE = `${CERTIFICATE}${OWN_PREFIX}.tmp`

/** Where a folder is filled before it gets its name. */
export const comingFolder = (folder: string): string => `${OWN_PREFIX}.new.${folder}`

/** Where a folder of ours is emptied after it has lost its name. */
export const goingFolder = (folder: string): string => `${OWN_PREFIX}.old.${folder}`

/** For the registry itself, which trusts the authorities of its storage; it is not the name of a registry. */
const STORAGE_AUTHORITIES = 'storage-ca-bundle.pem'

/** Whether a file of the ConfigMap is for the nodes. Names with two dots in front are how the kubelet swaps its content. */
export const isForNodes = (file: string): boolean =>
  !file.startsWith('..') && !file.startsWith(OWN_PREFIX) && file !== STORAGE_AUTHORITIES

/** The folder of the registry that a file is about: `a.example..5000`, which a ConfigMap can hold, is `a.example:5000`. */
export const folderOf = (file: string): string => {
  const at = file.lastIndexOf('..')
  return at < 0 ? file : `${file.slice(0, at)}:${file.slice(at + 2)}`
}
