import { createHash } from 'node:crypto'

import type { StorageError } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { StorageCaller } from '../storage-call'
import type { Login } from './login'
import { session, type Session } from './session'
import type { SessionKeeper } from './session-keeper'
import type { SwiftConnections, SwiftRequest } from './swift-connections'
import { failed, refusedAnswer, type SwiftAnswer, type SwiftFailure } from './swift-error'

/** A request about something in the account. */
export type AccountRequest<A> = {
  readonly operation: string
  readonly method: SwiftRequest['method']
  /** Below the account, encoded, with its query: `/container`, or `?bulk-delete`. */
  readonly path: string
  readonly headers?: { readonly [name: string]: string }
  readonly body?: string
  /** Codes that are no failure though they are no success. */
  readonly accepted?: ReadonlyArray<number>
  /** What the answer says, which may still be a failure. */
  readonly read: (answer: SwiftAnswer) => E.Either<SwiftFailure, A>
  /** Told of what an attempt failed with, which may be followed by another one. */
  readonly onFailure?: (cause: unknown) => void
}

/** Asks about what is in an account, and logs in once more where a token holds no longer. */
export type SwiftAccount = {
  readonly ask: <A>(request: AccountRequest<A>) => TE.TaskEither<StorageError, A>
  /** A question to the server itself, for which nobody has to be known. */
  readonly capabilities: TE.TaskEither<StorageError, string>
}

export type AccountDeps = {
  readonly connections: SwiftConnections
  readonly call: StorageCaller
  readonly keep: SessionKeeper
  readonly userAgent: string
}

const isGood = (code: number): boolean => code >= 200 && code < 300

const authenticate = (
  { connections, call, userAgent }: AccountDeps,
  login: Login,
): TE.TaskEither<StorageError, Session> =>
  pipe(
    call({
      operation: 'authenticate',
      send: async (signal) => {
        const answer = await connections.send(
          {
            method: login.version === 1 ? 'GET' : 'POST',
            server: login.url,
            path: login.url.pathname,
            headers: { ...login.headers, 'User-Agent': userAgent },
            body: login.body,
          },
          signal,
        )
        const refusal = { ...refusedAnswer(answer), server: login.url.origin }
        return isGood(answer.code) ? answer : Promise.reject(failed(refusal))
      },
    }),
    TE.flatMapEither((answer) => session(answer, login)),
  )

const asked =
  <A>({ connections, call, userAgent }: AccountDeps, request: AccountRequest<A>) =>
  ({ token, server, path }: Session): TE.TaskEither<StorageError, A> =>
    call({
      operation: request.operation,
      send: (signal) =>
        connections
          .send(
            {
              method: request.method,
              server,
              path: `${path}${request.path}`,
              headers: { ...request.headers, 'X-Auth-Token': token, 'User-Agent': userAgent },
              body: request.body ?? '',
            },
            signal,
          )
          .then((answer) => understood(request, answer))
          .catch((cause: unknown) => {
            request.onFailure?.(cause)
            return Promise.reject(cause instanceof Error ? cause : E.toError(cause))
          }),
    })

const understood = <A>(
  { accepted = [], read }: AccountRequest<A>,
  answer: SwiftAnswer,
): A | Promise<A> => {
  if (!isGood(answer.code) && !accepted.includes(answer.code))
    return Promise.reject(failed(refusedAnswer(answer)))
  const result = read(answer)
  return E.isRight(result) ? result.right : Promise.reject(failed(result.left))
}

/** Swift and Ceph tell what they can do beside the accounts: `/v1/AUTH_a` and `/info`, `/swift/v1` and `/swift/info`. */
const infoPath = (path: string): string => `${path.replace(/\/v1(\.0)?(\/.*)?$/, '')}/info`

/** Nobody but this process gets to see it, and it does not hold the password itself. */
const keyOf = (login: Login): string =>
  createHash('sha256').update(JSON.stringify(login)).digest('hex')

/** Where a login leads to may have moved; a new one tells. */
const mayHaveMoved = ({ _tag }: StorageError): boolean =>
  _tag === 'StorageUnreachable' || _tag === 'StorageFailed' || _tag === 'CredentialsRefused'

/** The account that a login leads to. Nobody is asked yet. */
export const swiftAccount = (deps: AccountDeps, login: Login): SwiftAccount => {
  const sessions = deps.keep(keyOf(login), authenticate(deps, login))
  const askedAgain =
    <A>(request: AccountRequest<A>, old: Session) =>
    (error: StorageError): TE.TaskEither<StorageError, A> =>
      error._tag === 'CredentialsRefused'
        ? pipe(sessions.renewed(old), TE.flatMap(asked(deps, request)))
        : TE.left(error)
  const ask: SwiftAccount['ask'] = (request) =>
    pipe(
      sessions.current,
      TE.flatMap((now) => pipe(asked(deps, request)(now), TE.orElse(askedAgain(request, now)))),
      TE.tapError((error) =>
        TE.fromIO(() => {
          if (mayHaveMoved(error)) sessions.forget()
        }),
      ),
    )
  const capabilities = pipe(
    sessions.current,
    TE.flatMap((now) =>
      asked(deps, {
        operation: 'GET info',
        method: 'GET',
        path: '',
        read: ({ body }) => E.right(body),
      })({ ...now, path: infoPath(now.path) }),
    ),
  )
  return { ask, capabilities }
}
