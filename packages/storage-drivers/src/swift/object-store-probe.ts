import type { JsonObject } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'

import type { HttpAnswer, HttpRequest, Reach, SendRequest } from '../send-request'
import { authentication, tokensUrl } from './authentication'
import { catalog, objectStoreEndpoint } from './catalog'
import { cloudsEntry, type CloudsEntry } from './clouds-entry'
import type { ProbeError } from './probe-error'

/** Who asks, and how the cloud is reached. */
export type OpenstackCredentials = Reach & {
  /** A clouds.yaml; empty where there is none. */
  readonly clouds: string
  /** Which of its clouds. */
  readonly cloud: string
}

export type ObjectStoreAnswer = { readonly usable: boolean }

export type ProbeDeps = { readonly send: SendRequest }

type Target = { readonly entry: CloudsEntry; readonly url: URL; readonly body: JsonObject }

const target = ({ clouds, cloud }: OpenstackCredentials): E.Either<ProbeError, Target> =>
  pipe(
    cloudsEntry(clouds, cloud),
    E.flatMap((entry) =>
      pipe(
        tokensUrl(entry),
        E.flatMap((url) =>
          pipe(
            authentication(entry),
            E.map((body) => ({ entry, url, body })),
          ),
        ),
      ),
    ),
  )

const isGood = ({ code }: HttpAnswer): boolean => code >= 200 && code < 300

const unexpected = (server: string, { code }: HttpAnswer): E.Either<ProbeError, never> =>
  E.left({ _tag: 'UnexpectedAnswer', server, code })

type Session = { readonly token: string; readonly endpoint: O.Option<string> }

/** What a token is good for. */
const session =
  ({ entry, url }: Target) =>
  (answer: HttpAnswer): E.Either<ProbeError, Session> => {
    const server = url.origin
    const token = answer.headers['x-subject-token']
    if (answer.code === 401 || answer.code === 403)
      return E.left({ _tag: 'CredentialsRefused', server, code: answer.code })
    if (!isGood(answer) || typeof token !== 'string') return unexpected(server, answer)
    const services = catalog(answer.body)
    return services === undefined
      ? E.left({ _tag: 'ProjectMissing', cloud: entry.cloud })
      : E.right({ token, endpoint: objectStoreEndpoint(services, entry.region) })
  }

const REFUSALS: ReadonlyArray<number> = [401, 403, 404]

const usability =
  (server: string) =>
  (answer: HttpAnswer): E.Either<ProbeError, ObjectStoreAnswer> =>
    isGood(answer) || REFUSALS.includes(answer.code)
      ? E.right({ usable: isGood(answer) })
      : unexpected(server, answer)

/** Where the containers of an account are listed, one at a time: it matters only whether we may. */
const listing = (endpoint: string): URL | null => {
  const url = URL.parse(endpoint)
  url?.searchParams.set('limit', '1')
  return url !== null && ['http:', 'https:'].includes(url.protocol) ? url : null
}

const sent =
  ({ send }: ProbeDeps) =>
  (request: HttpRequest): TE.TaskEither<ProbeError, HttpAnswer> =>
    pipe(
      send(request),
      TE.mapLeft(({ why }) => ({ _tag: 'Unreachable', server: request.url.origin, why })),
    )

const listed =
  (deps: ProbeDeps, { authorities, proxy }: Reach, { url: keystone }: Target) =>
  ({ token, endpoint }: Session): TE.TaskEither<ProbeError, ObjectStoreAnswer> => {
    if (O.isNone(endpoint)) return TE.right({ usable: false })
    const url = listing(endpoint.value)
    return url === null
      ? TE.left({ _tag: 'EndpointUnusable', server: keystone.origin })
      : pipe(
          sent(deps)({
            method: 'GET',
            url,
            headers: { 'X-Auth-Token': token, Accept: 'application/json' },
            authorities,
            proxy,
          }),
          TE.flatMapEither(usability(url.origin)),
        )
  }

/**
 * Asks an OpenStack whether it has an object store that these credentials may use.
 *
 * Expected flow: a token from Keystone (version 3), the address in its catalog, one list of containers. No address, or
 * a list that is refused, is a no. Whatever else goes wrong is no answer: who took it for a no would put images on a
 * volume because of a bad minute of the network.
 * Guarantees: it only reads, and throws nothing.
 */
export const probeObjectStore =
  (deps: ProbeDeps) =>
  (credentials: OpenstackCredentials): TE.TaskEither<ProbeError, ObjectStoreAnswer> =>
    pipe(
      TE.fromEither(target(credentials)),
      TE.flatMap((at) =>
        pipe(
          sent(deps)({
            method: 'POST',
            url: at.url,
            headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
            body: JSON.stringify(at.body),
            authorities: credentials.authorities,
            proxy: credentials.proxy,
          }),
          TE.flatMapEither(session(at)),
          TE.flatMap(listed(deps, credentials, at)),
        ),
      ),
    )
