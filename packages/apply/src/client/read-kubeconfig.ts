import { closeSync, openSync, readSync } from 'node:fs'

import * as E from 'fp-ts/Either'

/** Kubeconfigs with many clusters take some hundred KiB; the library takes memory many times the size of its input. */
const MAX_BYTES = 4 * 1024 * 1024

/** Reads on until the end, or until the buffer is full. */
const filled = (file: number, buffer: Uint8Array, at: number): number => {
  const bytes = readSync(file, buffer, at, buffer.length - at, null)
  return bytes === 0 || at + bytes === buffer.length ? at + bytes : filled(file, buffer, at + bytes)
}

const readUpTo = (path: string, limit: number): Buffer => {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(limit + 1)
    return buffer.subarray(0, filled(file, buffer, 0))
  } finally {
    closeSync(file)
  }
}

/** What it says of a failure, in one line: the lines behind it show the place in the file, where tokens stand. */
export const whyUnreadable = (cause: unknown): string =>
  cause instanceof Error ? (cause.message.split('\n', 1)[0] ?? '') : 'unknown failure'

/** The text of a kubeconfig, of a file or of a pipe; or why there is none. */
export const readKubeconfig = (path: string): E.Either<string, string> =>
  E.flatMap((bytes: Buffer) =>
    bytes.length > MAX_BYTES
      ? E.left(`it has more than ${MAX_BYTES} bytes`)
      : E.right(bytes.toString('utf8')),
  )(E.tryCatch(() => readUpTo(path, MAX_BYTES), whyUnreadable))
