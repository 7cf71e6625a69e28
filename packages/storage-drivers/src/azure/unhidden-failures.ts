import type { HttpClient } from './azure-client'

type Unhidden = {
  readonly client: HttpClient
  readonly orItsFailure: <A>(result: Promise<A>) => Promise<A>
}

const isFailing = (status: number): boolean => status === 429 || status >= 500

/**
 * A client that remembers why its last request got no proper answer.
 *
 * The library for tokens turns every failure, even of the network, into one that says the credentials are to blame.
 * `orItsFailure` fails with what came before that.
 */
export const unhiddenFailures = (http: HttpClient): Unhidden => {
  let failure: unknown
  return {
    client: {
      sendRequest: async (request) => {
        failure = undefined
        const response = await http.sendRequest(request).catch((cause: unknown) => {
          failure = cause
          return Promise.reject(cause instanceof Error ? cause : new Error(String(cause)))
        })
        if (isFailing(response.status))
          failure = Object.assign(new Error('no token was given'), {
            statusCode: response.status,
            response,
          })
        return response
      },
    },
    orItsFailure: (result) =>
      result.catch((cause: unknown) => {
        const reason = failure ?? cause
        return Promise.reject(reason instanceof Error ? reason : new Error(String(reason)))
      }),
  }
}
