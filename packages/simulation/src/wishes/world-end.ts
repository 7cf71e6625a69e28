import { isJsonObject, type JsonObject } from '@image-registry-operator/render/model'

/** How a world ended: everything that there is, by what it is called. */
export type WorldEnd = ReadonlyMap<string, JsonObject>

/** The lines of a settled world, read. */
export const worldEnd = (settled: string): WorldEnd =>
  new Map(
    settled.split('\n').map((line): readonly [string, JsonObject] => {
      const at = line.indexOf('{')
      const content: unknown = JSON.parse(line.slice(at))
      return [line.slice(0, at).trim(), isJsonObject(content) ? content : {}]
    }),
  )

export const CONFIG = 'Config /cluster'

export const objectAt = (value: unknown, ...path: ReadonlyArray<string>): JsonObject =>
  path.reduce<JsonObject>(
    (found, name) => (isJsonObject(found[name]) ? found[name] : {}),
    isJsonObject(value) ? value : {},
  )
