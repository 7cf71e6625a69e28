/** How long the registry may be wrong before somebody is called. The original's threshold. */
export const REGISTRY_PATIENCE_MS = 5 * 60_000

/** How long any other part of it may fail without a success in between. The original's threshold for parts. */
export const PART_PATIENCE_MS = 2 * 60_000

/** Times are whole seconds: one more is surely later than the threshold. */
export const ONE_SECOND_MS = 1_000
