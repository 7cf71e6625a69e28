import type { Readable } from 'node:stream'

/** What comes of a stream until its end; of one that has more than `limit` bytes a little more than these, and nobody listens to the rest. */
export const bytesUpTo =
  (limit: number) =>
  async (stream: Readable): Promise<Uint8Array> => {
    const chunks: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of stream) {
      const piece = chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk))
      chunks.push(piece)
      bytes += piece.length
      if (bytes > limit) break
    }
    return Buffer.concat(chunks)
  }
