import type { StoragePart, StorageTarget } from '@image-registry-operator/render/model'
import type { ContractWorld } from '@image-registry-operator/storage-drivers/testing'

import type { SwiftOwner } from './swift-owner'

const containerOf = ({ parts }: StorageTarget): StoragePart => {
  const part = parts.find(({ kind }) => kind === 'container')
  if (part === undefined) throw new Error('there is no container in the target')
  return part
}

const pathOf = (target: StorageTarget): string => `/${encodeURIComponent(containerOf(target).name)}`

const META = 'x-container-meta-'

type Listed = ReadonlyArray<Readonly<{ name: string; version_id?: string }>>

/** A container's metadata and the names of its objects; undefined if there is none. */
export const containerSeen = async (
  { ask }: SwiftOwner,
  path: string,
): Promise<Readonly<{ metadata: object; objects: ReadonlyArray<string> }> | undefined> => {
  const listing = await ask('GET', `${path}?format=json`)
  if (listing.status === 404) return undefined
  const metadata = [...listing.headers].filter(([name]) => name.startsWith(META))
  const objects = (await listing.json()) as Listed
  return {
    metadata: Object.fromEntries(metadata.map(([name, value]) => [name.slice(META.length), value])),
    objects: objects.map(({ name }) => name),
  }
}

const metaHeaders = (
  names: ReadonlyArray<string>,
  prefix: string,
  value: string,
): Record<string, string> => Object.fromEntries(names.map((name) => [`${prefix}${name}`, value]))

const removeWhole = async ({ ask }: SwiftOwner, path: string): Promise<void> => {
  const { objects = [] } = (await containerSeen({ ask }, path)) ?? {}
  for (const name of objects) await ask('DELETE', `${path}/${encodeURIComponent(name)}`)
  await ask('DELETE', path)
}

/** Swift as its users see it. */
export const swiftWorld = (owner: SwiftOwner): ContractWorld => {
  const { ask } = owner
  const post = (target: StorageTarget, headers: Record<string, string>): Promise<Response> =>
    ask('POST', pathOf(target), { headers })
  return {
    look: (target) => containerSeen(owner, pathOf(target)),
    makeAsUser: async (target) => {
      await ask('PUT', pathOf(target))
    },
    put: async (target, names) => {
      // One by one: hundreds at once are too much for the memory of one small server.
      for (const name of names)
        await ask('PUT', `${pathOf(target)}/${encodeURIComponent(name)}`, { body: 'content' })
    },
    unmark: async (target) => {
      const names = Object.keys(containerOf(target).marks)
      await post(target, metaHeaders(names, 'x-remove-container-meta-', 'x'))
    },
    destroy: (target) => removeWhole(owner, pathOf(target)),
    spoil: async (target) => {
      const tags = containerOf(target).settings[0]?.wanted ?? {}
      await post(target, metaHeaders(Object.keys(tags).slice(0, 1), META, 'spoilt'))
    },
    additions: {
      add: async (target) => {
        await post(target, { [`${META}team`]: 'blue' })
      },
      areThere: async (target) => {
        const seen = await containerSeen(owner, pathOf(target))
        return JSON.stringify(seen?.metadata).includes('"team":"blue"')
      },
    },
    hide: async (target) => {
      await post(target, { 'X-Versions-Enabled': 'true' })
      for (const body of ['first', 'second']) await ask('PUT', `${pathOf(target)}/hidden`, { body })
      await ask('DELETE', `${pathOf(target)}/hidden`)
    },
  }
}
