import type { IncomingHttpHeaders } from 'node:http'

import { isJsonObject, type Marks, type StoragePart } from '@image-registry-operator/render/model'

const PREFIX = 'x-container-meta-'

// A header is bytes to Swift, which takes them for UTF-8; to Node it is Latin-1.
const toHeader = (value: string): string => Buffer.from(value, 'utf8').toString('latin1')
const fromHeader = (value: string): string => Buffer.from(value, 'latin1').toString('utf8')

/** The headers that give metadata to a container; metadata that they do not name stays. */
export const metadataHeaders = (metadata: Marks): { readonly [name: string]: string } =>
  Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [`${PREFIX}${name}`, toHeader(value)]),
  )

/** The headers that take metadata away from a container. */
export const removalHeaders = (names: ReadonlyArray<string>): { readonly [name: string]: string } =>
  Object.fromEntries(names.map((name) => [`x-remove-container-meta-${name}`, 'x']))

/** A container's metadata of these names. There may be more in it that is nobody else's business: keys of temporary URLs. */
export const metadataOf = (headers: IncomingHttpHeaders, names: ReadonlyArray<string>): Marks =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[`${PREFIX}${name.toLowerCase()}`]
      return value === undefined ? [] : [[name, fromHeader(String(value))]]
    }),
  )

/** What a part wants to be tagged with. */
export const wantedTags = ({ settings }: StoragePart): Marks => {
  const wanted = settings.find(({ name }) => name === 'Tagged')?.wanted
  return textsOf(wanted)
}

/** The members that are texts. */
export const textsOf = (value: unknown): Marks =>
  isJsonObject(value)
    ? Object.fromEntries(
        Object.entries(value).filter(
          (entry): entry is [string, string] => typeof entry[1] === 'string',
        ),
      )
    : {}

/** The names of metadata that matter to a part. */
export const knownNames = (part: StoragePart): ReadonlyArray<string> => [
  ...new Set([part.marks, part.formerMarks, wantedTags(part)].flatMap(Object.keys)),
]
