import { type AskAccount, askWithToken } from '../../storage-servers/swift/ask-account'

/** Somebody who asks Swift for what is in an account, without any of ours in between. */
export type SwiftOwner = Readonly<{ ask: AskAccount }>

/** One of Swift's own users. */
export const ownUser = async (url: string, user: string, key: string): Promise<SwiftOwner> => {
  const { headers } = await fetch(url, { headers: { 'X-Auth-User': user, 'X-Auth-Key': key } })
  const token = headers.get('x-auth-token') ?? ''
  return { ask: askWithToken(headers.get('x-storage-url') ?? '', token) }
}
