import type { KubeObject } from '@image-registry-operator/render/model'

const NUMBER = /^\d+$/

/**
 * Whether one resource version is older than the other. They are numbers that only grow, longer than a
 * double can hold (KEP-5504 made that a promise). What is no number is never older.
 */
export const isOlder = (one: string, other: string): boolean =>
  NUMBER.test(one) && NUMBER.test(other) && BigInt(one) < BigInt(other)

export const versionOf = (object: KubeObject): string => object.metadata.resourceVersion ?? ''
