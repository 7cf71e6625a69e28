import { type Login, tokenFor } from './identity-setup'

type Given = Readonly<{ headers?: Readonly<Record<string, string>>; body?: string }>

/** Asks for what is in an account of Swift's; the path begins there: `/container/object`. */
export type AskAccount = (method: string, path: string, given?: Given) => Promise<Response>

/** Asks as whoever has that token. */
export const askWithToken =
  (account: string, token: string): AskAccount =>
  (method, path, { headers, body } = {}) =>
    fetch(`${account}${path}`, {
      method,
      headers: { ...headers, 'X-Auth-Token': token },
      ...(body !== undefined && { body }),
    })

/** Where Keystone and an account are, and who asks. */
type AccountAccess = Readonly<{ keystoneUrl: string; account: string; login: Login }>

/** Asks as somebody who logs in with the first request, and once more when Swift does not take the token any more. */
export const askAfterLogin = ({ keystoneUrl, account, login }: AccountAccess): AskAccount => {
  let token: Promise<string> | undefined
  const logIn = (): Promise<string> => {
    token = tokenFor(keystoneUrl, login)
    return token
  }
  return async (...request) => {
    // A login that failed is none.
    const held = await (token ?? logIn()).catch(logIn)
    const answer = await askWithToken(account, held)(...request)
    return answer.status === 401 ? askWithToken(account, await logIn())(...request) : answer
  }
}
