/** Somebody who asks Swift for what is in an account, without any of ours in between. */
export type SwiftOwner = Readonly<{
  /** The path begins at the account: `/container/object`. */
  ask: (method: string, path: string, given?: Given) => Promise<Response>
}>

type Given = Readonly<{ headers?: Readonly<Record<string, string>>; body?: string }>

const ownerOf = (account: string, token: string): SwiftOwner => ({
  ask: (method, path, { headers, body } = {}) =>
    fetch(`${account}${path}`, {
      method,
      headers: { ...headers, 'X-Auth-Token': token },
      ...(body !== undefined && { body }),
    }),
})

/** One of Swift's own users. */
export const ownUser = async (url: string, user: string, key: string): Promise<SwiftOwner> => {
  const { headers } = await fetch(url, { headers: { 'X-Auth-User': user, 'X-Auth-Key': key } })
  return ownerOf(headers.get('x-storage-url') ?? '', headers.get('x-auth-token') ?? '')
}

/** Whoever has that token of Keystone's. */
export const tokenHolder = ownerOf
