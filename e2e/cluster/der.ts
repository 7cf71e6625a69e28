/** As much of DER (ITU-T X.690), the encoding of certificates, as certificates.ts needs. */

const length = (count: number): Buffer => {
  if (count < 0x80) return Buffer.from([count])
  const bytes = Buffer.from(count.toString(16).padStart(6, '0'), 'hex')
  const significant = bytes.subarray(bytes.findIndex((byte) => byte !== 0))
  return Buffer.concat([Buffer.from([0x80 | significant.length]), significant])
}

const tagged = (tag: number, ...content: ReadonlyArray<Uint8Array>): Buffer => {
  const body = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag]), length(body.length), body])
}

export const sequence = (...items: ReadonlyArray<Uint8Array>): Buffer => tagged(0x30, ...items)

export const set = (...items: ReadonlyArray<Uint8Array>): Buffer => tagged(0x31, ...items)

/** A context-specific tag around whole values. */
export const explicit = (number: number, ...items: ReadonlyArray<Uint8Array>): Buffer =>
  tagged(0xa0 | number, ...items)

/** A context-specific tag in place of a primitive value's own. */
export const implicit = (number: number, bytes: Uint8Array): Buffer => tagged(0x80 | number, bytes)

/** A non-negative INTEGER from its big-endian bytes; the leading zero keeps it from being negative. */
export const integer = (bytes: Uint8Array): Buffer =>
  (bytes[0] ?? 0) & 0x80 ? tagged(0x02, Buffer.from([0]), bytes) : tagged(0x02, bytes)

export const isTrue = tagged(0x01, Buffer.from([0xff]))

export const octetString = (bytes: Uint8Array): Buffer => tagged(0x04, bytes)

export const bitString = (bytes: Uint8Array, unusedBits = 0): Buffer =>
  tagged(0x03, Buffer.from([unusedBits]), bytes)

export const utf8String = (text: string): Buffer => tagged(0x0c, Buffer.from(text))

const base128 = (arc: number): ReadonlyArray<number> =>
  arc < 0x80 ? [arc] : [...base128(arc >> 7).map((byte) => byte | 0x80), arc & 0x7f]

/** An OBJECT IDENTIFIER from its dotted form. */
export const objectIdentifier = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

/** A moment as UTCTime, which is what certificates must use until 2049. */
export const utcTime = (moment: Date): Buffer => {
  const digits = moment.toISOString().replace(/[-:T]/g, '')
  return tagged(0x17, Buffer.from(`${digits.slice(2, 14)}Z`))
}
