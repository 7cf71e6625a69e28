import {
  isJsonObject,
  type JsonObject,
  objectsOf,
  type StorageError,
  textOf,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'

import { type Applicant, type IamToken, iamToken } from './iam-token'
import { failed, type IbmAnswer, type IbmRequest, refused, sendIbm } from './ibm-request'
import { nextPageUrl } from './management-url'

/** A request, and what the service calls it. */
export type IbmOperation = {
  readonly operation: string
  readonly method: IbmRequest['method']
  readonly url: URL
  readonly headers?: { readonly [name: string]: string }
  readonly json?: JsonObject
  /** It makes something that may then be there twice: once it is not known what came of it, it is not sent again. */
  readonly isOnce?: boolean
}

/** IBM Cloud, as whoever an API key stands for. */
export type IbmApi = {
  readonly whoAmI: TE.TaskEither<StorageError, IamToken>
  readonly ask: (operation: IbmOperation) => TE.TaskEither<StorageError, IbmAnswer>
  readonly askJson: (operation: IbmOperation) => TE.TaskEither<StorageError, JsonObject>
  /** All pages of a list, up to a bound. */
  readonly list: (
    operation: string,
    url: URL,
  ) => TE.TaskEither<StorageError, ReadonlyArray<JsonObject>>
}

/** Nobody has as many things of one name; whoever does has a service that turns in circles. */
const MOST_PAGES = 20

const parsed = (answer: IbmAnswer): Promise<JsonObject> =>
  pipe(
    E.tryCatch((): unknown => JSON.parse(answer.body), E.toError),
    O.fromEither,
    O.filter(isJsonObject),
    O.match(
      () => refused({ _tag: 'Unreadable', status: answer.status }),
      (body) => Promise.resolve(body),
    ),
  )

/** These answers say that nothing was made; after any other failure it may have been, even if only by who was then too busy. */
const isDefinite = (cause: unknown): boolean =>
  typeof cause === 'object' &&
  cause !== null &&
  'status' in cause &&
  typeof cause.status === 'number' &&
  cause.status >= 400 &&
  cause.status < 500 &&
  cause.status !== 429

const sentOnce = <A>(
  send: (signal: AbortSignal) => Promise<A>,
): ((signal: AbortSignal) => Promise<A>) => {
  let uncertain: O.Option<unknown> = O.none
  return async (signal) => {
    if (O.isSome(uncertain)) return refused({ _tag: 'Uncertain', failure: uncertain.value })
    // Until it has been answered.
    uncertain = O.some(undefined)
    return send(signal).catch((cause: unknown) => {
      uncertain = isDefinite(cause) ? O.none : O.some(cause)
      return failed(cause)
    })
  }
}

const withToken = (operation: IbmOperation, token: string): IbmRequest => ({
  method: operation.method,
  url: operation.url,
  headers: {
    Accept: 'application/json',
    ...(operation.json === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...operation.headers,
    Authorization: `Bearer ${token}`,
  },
  ...(operation.json === undefined ? {} : { body: JSON.stringify(operation.json) }),
})

/** IBM Cloud, asked with tokens that are kept until they are refused. */
export const ibmApi = (applicant: Applicant): IbmApi => {
  const whoAmI = iamToken(applicant)
  const asked = <A>(
    operation: IbmOperation,
    read: (answer: IbmAnswer) => Promise<A>,
  ): TE.TaskEither<StorageError, A> => {
    const attempt = ({ token }: IamToken): TE.TaskEither<StorageError, A> => {
      const send = (signal: AbortSignal): Promise<A> =>
        sendIbm(applicant.agentsOf(operation.url.hostname))(
          withToken(operation, token),
          signal,
        ).then(read)
      return applicant.call({
        operation: operation.operation,
        send: operation.isOnce === true ? sentOnce(send) : send,
      })
    }
    return pipe(
      whoAmI,
      TE.flatMap((first) =>
        pipe(
          attempt(first),
          // A kept token has its time; a new one is refused for other reasons.
          TE.orElse((error) =>
            error._tag === 'CredentialsRefused' && first.isKept
              ? pipe(
                  TE.fromIO<void, StorageError>(applicant.tokens.drop),
                  TE.flatMap(() => whoAmI),
                  TE.flatMap(attempt),
                )
              : TE.left(error),
          ),
        ),
      ),
    )
  }
  const askJson: IbmApi['askJson'] = (operation) => asked(operation, parsed)
  const list = (
    operation: string,
    url: URL,
    pagesLeft = MOST_PAGES,
  ): TE.TaskEither<StorageError, ReadonlyArray<JsonObject>> =>
    pipe(
      askJson({ operation, method: 'GET', url }),
      TE.flatMap((page) => {
        const found = objectsOf(page['resources'])
        const next = nextPageUrl(url, textOf(page['next_url']))
        return next === undefined || pagesLeft <= 1
          ? TE.right(found)
          : pipe(
              list(operation, next, pagesLeft - 1),
              TE.map((rest) => [...found, ...rest]),
            )
      }),
    )
  return {
    whoAmI,
    ask: (operation) => asked(operation, (answer) => Promise.resolve(answer)),
    askJson,
    list: (operation, url) => list(operation, url),
  }
}
