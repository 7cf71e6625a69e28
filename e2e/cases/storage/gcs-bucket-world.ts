import { sign } from 'node:crypto'

import type { StorageTarget } from '@image-registry-operator/render/model'
import type { ContractWorld } from '@image-registry-operator/storage-drivers/testing'

import {
  type Network,
  type NetworkAnswer,
  requestThrough,
} from '../../storage-servers/front/request-through'
import type { GcsTags } from './gcs-tags'

/** A user of buckets, who gets to them by another host than the driver. */
export type GcsUser = Readonly<{
  ask: (method: string, path: string, body?: unknown) => Promise<NetworkAnswer>
}>

type Key = Readonly<{ client_email: string; private_key: string; token_uri: string }>

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const tokenOf = async (network: Network, key: Key): Promise<string> => {
  const iat = Math.floor(Date.now() / 1000)
  const claims = {
    iss: key.client_email,
    aud: key.token_uri,
    scope: 'https://www.googleapis.com/auth/devstorage.full_control',
    iat,
    exp: iat + 3600,
  }
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`
  const assertion = `${text}.${sign('sha256', Buffer.from(text), key.private_key).toString('base64url')}`
  const answer = await requestThrough(network, {
    url: key.token_uri,
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion,
    }).toString(),
  })
  return String(answer.json()['access_token'])
}

/** Somebody with the key of a service account. */
export const gcsUser = async (network: Network, key: string): Promise<GcsUser> => {
  const token = await tokenOf(network, JSON.parse(key) as Key)
  return {
    ask: (method, path, body) =>
      requestThrough(network, {
        url: `https://www.googleapis.com${path}`,
        method,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
  }
}

type Bucket = Readonly<Record<string, unknown>> &
  Readonly<{
    labels?: Readonly<Record<string, string>>
    lifecycle?: Readonly<{ rule?: ReadonlyArray<Rule> }>
  }>
type Rule = Readonly<{ action: Readonly<{ type: string }>; condition: object }>
type Item = Readonly<{ name: string; generation: string }>

const bucketOf = ({ parts }: StorageTarget): string => parts[0]?.name ?? ''
const pathOf = (target: StorageTarget): string => `/storage/v1/b/${bucketOf(target)}`

/** The metadata of a bucket; undefined when there is none. */
export const bucketSeen = async (
  { ask }: GcsUser,
  target: StorageTarget,
): Promise<Bucket | undefined> => {
  const answer = await ask('GET', pathOf(target))
  return answer.status === 404 ? undefined : answer.json()
}

const itemsOf = async ({ ask }: GcsUser, target: StorageTarget): Promise<ReadonlyArray<Item>> => {
  const { items = [] } = (await ask('GET', `${pathOf(target)}/o?versions=true`)).json()
  return items as ReadonlyArray<Item>
}

const succeed = async (asking: Promise<NetworkAnswer>): Promise<void> => {
  const { status, text } = await asking
  if (status >= 300) throw new Error(`${status}: ${text}`)
}

const patch = ({ ask }: GcsUser, target: StorageTarget, body: unknown): Promise<void> =>
  succeed(ask('PATCH', pathOf(target), body))

const put = (user: GcsUser, target: StorageTarget, name: string, body: string): Promise<void> => {
  const query = new URLSearchParams({ uploadType: 'media', name }).toString()
  return succeed(user.ask('POST', `/upload${pathOf(target)}/o?${query}`, body))
}

const rulesOf = (bucket: Bucket | undefined): ReadonlyArray<Rule> => bucket?.lifecycle?.rule ?? []

const withoutCleanup = async (user: GcsUser, target: StorageTarget): Promise<void> => {
  const rule = rulesOf(await bucketSeen(user, target)).filter(
    ({ action }) => action.type !== 'AbortIncompleteMultipartUpload',
  )
  await patch(user, target, { lifecycle: rule.length === 0 ? null : { rule } })
}

const spoiled: Readonly<Record<string, unknown>> = {
  Labeled: { labels: { 'kubernetes-io-cluster-c1-x7k2p': 'spoiled' } },
  Encrypted: { encryption: null },
  UniformAccess: { iamConfiguration: { uniformBucketLevelAccess: { enabled: false } } },
  PublicAccessBlocked: { iamConfiguration: { publicAccessPrevention: 'inherited' } },
}

const ofUsers: Rule = {
  action: { type: 'Delete' },
  condition: { age: 30, matchesPrefix: ['logs/'] },
}

const additions = (user: GcsUser): NonNullable<ContractWorld['additions']> => ({
  add: async (target) => {
    const rule = [...rulesOf(await bucketSeen(user, target)), ofUsers]
    await patch(user, target, { labels: { 'cost-centre': '42' }, lifecycle: { rule } })
  },
  areThere: async (target) => {
    const bucket = await bucketSeen(user, target)
    return (
      bucket?.labels?.['cost-centre'] === '42' &&
      rulesOf(bucket).some((rule) => JSON.stringify(rule) === JSON.stringify(ofUsers))
    )
  },
})

const destroy = async (user: GcsUser, target: StorageTarget): Promise<void> => {
  for (const { name, generation } of await itemsOf(user, target)) {
    const path = `${pathOf(target)}/o/${encodeURIComponent(name)}?generation=${generation}`
    await succeed(user.ask('DELETE', path))
  }
  await succeed(user.ask('DELETE', pathOf(target)))
}

/** Buckets as their users see and touch them. */
export const gcsBucketWorld = (user: GcsUser, tags: GcsTags): ContractWorld => ({
  look: async (target) => {
    const bucket = await bucketSeen(user, target)
    if (bucket === undefined) return undefined
    return { bucket, items: await itemsOf(user, target), tags: tags.bound(bucketOf(target)) }
  },
  makeAsUser: (target) =>
    succeed(user.ask('POST', '/storage/v1/b?project=of-a-user', { name: bucketOf(target) })),
  put: async (target, names) => {
    for (const name of names) await put(user, target, name, 'bytes')
  },
  unmark: (target) => {
    const marks = Object.keys(target.parts[0]?.marks ?? {})
    return patch(user, target, { labels: Object.fromEntries(marks.map((name) => [name, null])) })
  },
  destroy: (target) => destroy(user, target),
  spoil: async (target, _part, setting) => {
    if (setting === 'IncompleteUploadCleanupEnabled') await withoutCleanup(user, target)
    else if (setting === 'Tagged')
      tags.bound(bucketOf(target)).forEach((tag) => tags.unbind(bucketOf(target), tag))
    else await patch(user, target, spoiled[setting])
  },
  additions: additions(user),
  hide: async (target) => {
    await patch(user, target, { versioning: { enabled: true } })
    for (const body of ['older', 'newer']) await put(user, target, 'versioned', body)
    await succeed(user.ask('DELETE', `${pathOf(target)}/o/versioned`))
  },
})
