import { isOwnName } from '../node-folders/own-names'

/** The file in the folder of a registry that container runtimes read its authorities from. */
export const CERTIFICATE = 'ca.crt'

/** For the registry itself, which trusts the authorities of its storage; it is not the name of a registry. */
const STORAGE_AUTHORITIES = 'storage-ca-bundle.pem'

/** Whether a file of the ConfigMap is for the nodes. Names with two dots in front are how the kubelet swaps its content. */
export const isForNodes = (file: string): boolean =>
  !file.startsWith('..') && !isOwnName(file) && file !== STORAGE_AUTHORITIES

/** The folder of the registry that a file is about: `a.example..5000`, which a ConfigMap can hold, is `a.example:5000`. */
export const folderOf = (file: string): string => {
  const at = file.lastIndexOf('..')
  return at < 0 ? file : `${file.slice(0, at)}:${file.slice(at + 2)}`
}
