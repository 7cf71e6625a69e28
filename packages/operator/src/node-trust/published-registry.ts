import { isJsonObject, type KubeObject, names, textOf } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'

/** One name of the registry, as images have it, with its port; and where nodes reach it. */
export type RegistryHost = { readonly host: string; readonly url: string }

/** What nodes are to know of the registry. */
export type PublishedRegistry = {
  readonly hosts: ReadonlyArray<RegistryHost>
  /** PEM of whom to trust as the registry. */
  readonly authorities: string
  /** Lines that nobody can make sense of; the others count. */
  readonly problems: ReadonlyArray<string>
}

const NOTHING: PublishedRegistry = { hosts: [], authorities: '', problems: [] }

/** It becomes the name of a folder. */
const HOST = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?$/

/** Names of the Service, which nodes cannot resolve: they are led to its address. */
const IN_CLUSTER = /^image-registry\.openshift-image-registry(\.svc(\.cluster\.local)?)?:5000$/

/** It is written between quotation marks. */
const URL_OF_SERVICE = /^https:\/\/([0-9.]+|\[[0-9a-f:.]+\]):5000$/

/** More than a registry has names, and little enough for a node. */
const MOST_HOSTS = 100

/** Whoever can write one ConfigMap must not be able to lead nodes elsewhere when they ask for another registry. */
const isLedRightly = (host: string, url: string): boolean =>
  IN_CLUSTER.test(host) ? URL_OF_SERVICE.test(url) : url === `https://${host}`

const hostIn = (line: string): E.Either<string, RegistryHost> => {
  const at = line.indexOf('=')
  const [host, url] = [line.slice(0, Math.max(0, at)), line.slice(at + 1)]
  return HOST.test(host) && isLedRightly(host, url)
    ? E.right({ host, url })
    : E.left(
        `${names.SERVING_HOSTS_KEY}: ${JSON.stringify(line)} is neither a name of the Service with its address nor <name>=https://<name>`,
      )
}

/**
 * What the operator has published for nodes; nothing where there is no ConfigMap: then there is no registry any more. A Left for a
 * ConfigMap that says whom to trust nowhere.
 */
export const publishedRegistry = (
  configMap: KubeObject | undefined,
): E.Either<string, PublishedRegistry> => {
  if (configMap === undefined) return E.right(NOTHING)
  const data = isJsonObject(configMap['data']) ? configMap['data'] : {}
  const authorities = textOf(data[names.SERVING_CA_KEY])
  if (!authorities.includes('-----BEGIN CERTIFICATE-----'))
    return E.left(`${names.SERVING_CA_KEY} holds no certificate`)
  const lines = textOf(data[names.SERVING_HOSTS_KEY])
    .split('\n')
    .filter((line) => line !== '')
    .slice(0, MOST_HOSTS)
    .map(hostIn)
  return E.right({
    hosts: lines.flatMap((line) => (E.isRight(line) ? [line.right] : [])),
    authorities,
    problems: lines.flatMap((line) => (E.isLeft(line) ? [line.left] : [])),
  })
}
