const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const NOT_BASE64 = 255

const VALUE_OF_CODE = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = ALPHABET.indexOf(String.fromCharCode(code))
  return value < 0 ? NOT_BASE64 : value
})

// The core has no atob; and Secrets can be a megabyte, so this one writes into an array.
const sextets = (text: string): Uint8Array =>
  Uint8Array.from(
    { length: text.length },
    (_, index) => VALUE_OF_CODE[text.charCodeAt(index)] ?? NOT_BASE64,
  )

const byteAt =
  (values: Uint8Array) =>
  (_: unknown, index: number): number => {
    const bit = index * 8
    const high = values[Math.floor(bit / 6)] ?? 0
    const low = values[Math.floor(bit / 6) + 1] ?? 0
    return (((high << 6) | low) >> (4 - (bit % 6))) & 0xff
  }

/** The bytes that a base64 text stands for, line breaks aside; undefined when it is none. */
export const base64Bytes = (text: string): Uint8Array | undefined => {
  const packed = text.replace(/[\r\n]/g, '')
  const values = sextets(packed.replace(/={1,2}$/, ''))
  return packed.length % 4 !== 0 || values.includes(NOT_BASE64)
    ? undefined
    : Uint8Array.from({ length: Math.floor((values.length * 6) / 8) }, byteAt(values))
}
