import { digestOfBytes, digestOfText } from '../../digest'
import { base64Bytes } from './base64'

/** The digest of the bytes that a base64 text stands for; of the text itself where it is none. */
export const digestOfBase64 = (text: string): string => {
  const bytes = base64Bytes(text)
  return bytes === undefined ? digestOfText(text) : digestOfBytes(bytes)
}
