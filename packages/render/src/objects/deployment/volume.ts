import type { JsonObject } from '../../model'

/** A volume of the pod, and where the container sees it. */
export type Volume = { readonly source: JsonObject; readonly mount: JsonObject }

export const volume = (name: string, mountPath: string, source: JsonObject): Volume => ({
  source: { name, ...source },
  mount: { name, mountPath },
})

/** The same, for reading only. */
export const readOnly = ({ source, mount }: Volume): Volume => ({
  source,
  mount: { ...mount, readOnly: true },
})
