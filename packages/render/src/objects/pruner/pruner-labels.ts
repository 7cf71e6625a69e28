/** What the network policy knows the clean-up's pods by. */
export const prunerPodLabels = { app: 'image-pruner' } as const

/** What the clean-up's Jobs are told from others by. */
export const prunerJobLabels = { 'created-by': 'image-pruner' } as const
