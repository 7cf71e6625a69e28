import { digestOfText } from '../digest'
import { isJsonObject, type StorageTarget } from '../model'

/** Names a target: what was seen of another one, or with other credentials, does not count for it. */
export const targetDigest = (target: StorageTarget): string =>
  digestOfText(JSON.stringify(target, inOrder))

/** The order of members does not count. */
const inOrder = (_name: string, value: unknown): unknown =>
  isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value
