import type { StorageError } from '@image-registry-operator/render/model'

/** What is wrong though the service has not said so. */
export const ibmProblem = (
  tag: 'StorageRefused' | 'StorageConflict' | 'StorageNotFound' | 'AccessDenied' | 'Unsupported',
  operation: string,
  message: string,
): StorageError => ({ _tag: tag, backend: 'IbmCos', operation, code: 'none', message })

/** Marks are given when a thing is made; the resource controller has no call to change or to show tags. */
export const notWritable = (thing: string): StorageError =>
  ibmProblem(
    'Unsupported',
    'Tagging',
    `the resource controller does not show the tags of a ${thing}`,
  )
