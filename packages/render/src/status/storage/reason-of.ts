import type { StorageError } from '../../model'

/** What a condition calls an error of a storage. */
export const reasonOf = ({ _tag }: StorageError): string =>
  _tag.startsWith('Storage') || _tag === 'MarksMissing' ? _tag : `Storage${_tag}`
