import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  objectsOf,
  textOf,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'

/** The services that Keystone knows; undefined where it names none, as it does to whoever belongs to no project. */
export const catalog = (body: string): ReadonlyArray<JsonObject> | undefined => {
  const parsed = E.tryCatch((): unknown => JSON.parse(body), E.toError)
  const token = E.isRight(parsed) && isJsonObject(parsed.right) ? parsed.right['token'] : undefined
  const services = isJsonObject(token) ? token['catalog'] : undefined
  return isJsonArray(services) ? objectsOf(services) : undefined
}

const isIn =
  (region: string) =>
  (endpoint: JsonObject): boolean =>
    region === '' || endpoint['region'] === region || endpoint['region_id'] === region

/** The public address of an object store of the region. It may have any name: Swift is not the only one of its kind. */
export const objectStoreEndpoint = (
  services: ReadonlyArray<JsonObject>,
  region: string,
): O.Option<string> =>
  O.fromNullable(
    services
      .filter(({ type }) => type === 'object-store')
      .flatMap(({ endpoints }) => objectsOf(endpoints))
      .filter((endpoint) => endpoint['interface'] === 'public')
      .filter(isIn(region))
      .map(({ url }) => textOf(url))[0],
  )
