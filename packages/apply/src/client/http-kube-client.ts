import type { RequestOptions } from 'node:https'
import { dirname } from 'node:path'

import { KubeConfig, type Cluster } from '@kubernetes/client-node'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { httpExchange, type Exchange, type Server } from './http-exchange'
import type { KubeClient, RequestFailure, RequestRecord } from './kube-client'
import { noAnswer } from './kube-error'
import { kubeVerbs } from './kube-verbs'
import { readKubeconfig, whyUnreadable } from './read-kubeconfig'

/** Where the configuration of the connection comes from. */
export type ConnectionSource =
  /** A kubeconfig file, and a context of it other than its current one. */
  | { readonly _tag: 'File'; readonly path: string; readonly context?: string }
  /** As kubectl does: $KUBECONFIG, ~/.kube/config, then the service account of the pod. */
  | { readonly _tag: 'Default'; readonly context?: string }
  /** A URL without credentials, for servers on loopback. */
  | { readonly _tag: 'Url'; readonly url: string }

type KubeconfigSource = Exclude<ConnectionSource, { readonly _tag: 'Url' }>

export type HttpKubeClientOptions = {
  readonly source: ConnectionSource
  /** `image-registry-operator/VERSION`. */
  readonly userAgent: string
  /** Is told of every request, for metrics. */
  readonly onRequest?: (record: RequestRecord) => void
}

/** There is no usable connection configuration. `message` says what to do. */
export type ConnectionError = { readonly _tag: 'NoConnection'; readonly message: string }

const noConnection = (message: string): ConnectionError => ({ _tag: 'NoConnection', message })

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

const contextChosen = (config: KubeConfig, { context }: KubeconfigSource): KubeConfig => {
  if (context !== undefined) config.setCurrentContext(context)
  return config
}

const fromFile = (path: string): E.Either<string, KubeConfig> =>
  pipe(
    readKubeconfig(path),
    E.flatMap((text) =>
      E.tryCatch(() => {
        const config = new KubeConfig()
        config.loadFromString(text)
        config.makePathsAbsolute(dirname(path))
        return config
      }, whyUnreadable),
    ),
  )

const fromDefault = (): E.Either<string, KubeConfig> =>
  E.tryCatch(() => {
    const config = new KubeConfig()
    config.loadFromDefault()
    return config
  }, whyUnreadable)

const withoutLineEnd = (headers: RequestOptions['headers']): { readonly [name: string]: string } =>
  // Token files may end in a newline, which no header may hold.
  Object.fromEntries(
    Object.entries({ ...headers }).map(([name, value]) => [name, String(value).trim()]),
  )

/** TLS settings and credentials, read anew each time: files of tokens and certificates rotate. */
const requestOptions =
  (config: KubeConfig, proxied: boolean): TE.TaskEither<RequestFailure, RequestOptions> =>
  async () => {
    const options: RequestOptions = {}
    return TE.tryCatch(
      () => config.applyToHTTPSOptions(options),
      (cause) => noAnswer(cause),
    )().then(
      E.map(() => {
        // The library's agent keeps no connections; it is needed to go through a proxy only.
        const { agent, headers, ...tls } = options
        return {
          ...tls,
          headers: withoutLineEnd(headers),
          ...(proxied && agent !== undefined ? { agent } : {}),
        }
      }),
    )
  }

const plainServer = (url: string): E.Either<ConnectionError, Server> =>
  pipe(
    E.tryCatch(
      () => new URL(url),
      () => noConnection(`${url}: is not a URL; write e.g. http://127.0.0.1:8001`),
    ),
    E.flatMap((parsed) =>
      parsed.protocol === 'http:' && LOOPBACK.test(parsed.hostname)
        ? E.right<ConnectionError, Server>({ url, options: TE.right({}) })
        : E.left(
            noConnection(
              `${url}: without TLS only servers on loopback are used; use https, or kubectl proxy`,
            ),
          ),
    ),
  )

const tlsServer = (
  config: KubeConfig,
  { server, proxyUrl }: Cluster,
): E.Either<ConnectionError, Server> =>
  URL.canParse(server) && new URL(server).protocol === 'https:'
    ? E.right({ url: server, options: requestOptions(config, proxyUrl !== undefined) })
    : E.left(
        noConnection(
          'the server of the cluster in the kubeconfig is not a URL that begins with https://; correct it, e.g. https://127.0.0.1:6443',
        ),
      )

const clusterServer = (config: KubeConfig): E.Either<ConnectionError, Server> => {
  const cluster = config.getCurrentCluster()
  if (cluster === null)
    return E.left(
      noConnection(
        'the kubeconfig has no such context, or its context names no cluster; choose one with --context, or kubectl config use-context',
      ),
    )
  return cluster.server.startsWith('http:')
    ? plainServer(cluster.server)
    : tlsServer(config, cluster)
}

const serverOf = (source: ConnectionSource): E.Either<ConnectionError, Server> =>
  source._tag === 'Url'
    ? plainServer(source.url)
    : pipe(
        source._tag === 'File' ? fromFile(source.path) : fromDefault(),
        E.bimap(
          (why) =>
            noConnection(
              `the kubeconfig cannot be read (${why}); set KUBECONFIG or --kubeconfig to a kubeconfig file`,
            ),
          (config) => contextChosen(config, source),
        ),
        E.flatMap(clusterServer),
      )

/** Bare requests to the cluster that the configuration names: for our client, and for the contract's own requests. */
export const openExchange = (source: ConnectionSource): E.Either<ConnectionError, Exchange> =>
  pipe(serverOf(source), E.map(httpExchange))

/**
 * A client for the cluster that the configuration names. Reads files, opens no connection yet.
 *
 * Guarantees: plain HTTP is spoken with loopback only, and never with credentials.
 * Assumptions: the Kubernetes library is used for configuration, credentials and proxies, not for requests.
 */
export const httpKubeClient = ({
  source,
  userAgent,
  onRequest = () => undefined,
}: HttpKubeClientOptions): E.Either<ConnectionError, KubeClient> =>
  pipe(
    openExchange(source),
    E.map((exchange) =>
      kubeVerbs({
        exchange,
        userAgent,
        onRequest,
        nowMs: () => performance.now(),
      }),
    ),
  )
