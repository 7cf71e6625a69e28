const NEWLINE = 0x0a

/**
 * Cuts a stream of bytes into lines. Bytes are kept as they came until their line is complete, so
 * that neither a character nor an object that is split over chunks is harmed, and a huge line costs no
 * more than its own length.
 */
export const lineSplitter = (onLine: (line: string) => void): ((chunk: Buffer) => void) => {
  let parts: ReadonlyArray<Buffer> = []
  const complete = (last: Buffer): void => {
    const line = Buffer.concat([...parts, last]).toString('utf8')
    parts = []
    if (line.trim() !== '') onLine(line)
  }
  return (chunk) => {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      complete(chunk.subarray(start, end))
      start = end + 1
    }
    if (start < chunk.length) parts = [...parts, chunk.subarray(start)]
  }
}
