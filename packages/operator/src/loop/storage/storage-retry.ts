import type { StorageTrouble } from '@image-registry-operator/render/model'

import { backoffMs } from '../backoff'
import { advisedMs } from './storage-state'

/** A look or an errand that failed is tried again after a second, two, … up to five minutes. */
const RETRY = { firstMs: 1_000, capMs: 300_000 }

/** When to try again what has failed that often, though not before the service lets us. */
export const retryMs = (
  troubles: ReadonlyArray<StorageTrouble>,
  failures: number,
  random: number,
): number => Math.max(advisedMs(troubles), backoffMs(failures, random, RETRY))
