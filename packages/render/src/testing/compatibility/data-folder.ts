import { join } from 'node:path'

/** Where the cases and the recordings are. */
export const dataFolder = join(import.meta.dirname, '../../../../../e2e/compatibility')
