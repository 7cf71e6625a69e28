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

import { catalog, objectStoreEndpoint } from './catalog'
import type { Login } from './login'
import { type SwiftAnswer, swiftError } from './swift-error'

/** What a login is good for: a token, and the account that it opens. */
export type Session = {
  readonly token: string
  readonly server: URL
  /** Of the account, as its address has it, without a slash at the end. */
  readonly path: string
}

type Found = { readonly token: string; readonly address: O.Option<string> }

const headerOf = ({ headers }: SwiftAnswer, name: string): string => String(headers[name] ?? '')

const firstVersion = (answer: SwiftAnswer): Found => ({
  token: headerOf(answer, 'x-auth-token') || headerOf(answer, 'x-storage-token'),
  address: O.fromNullable(headerOf(answer, 'x-storage-url') || undefined),
})

const accessIn = (body: string): JsonObject => {
  const parsed = E.tryCatch((): unknown => JSON.parse(body), E.toError)
  const access = E.isRight(parsed) && isJsonObject(parsed.right) ? parsed.right['access'] : {}
  return isJsonObject(access) ? access : {}
}

const secondVersion = ({ body }: SwiftAnswer, region: string): Found => {
  const { token, serviceCatalog } = accessIn(body)
  const endpoint = objectsOf(serviceCatalog)
    .filter(({ type }) => type === 'object-store')
    .flatMap(({ endpoints }) => objectsOf(endpoints))
    .find((one) => region === '' || one['region'] === region)
  return {
    token: isJsonObject(token) ? textOf(token['id']) : '',
    address: O.fromNullable(endpoint && textOf(endpoint['publicURL'])),
  }
}

const thirdVersion = (answer: SwiftAnswer, region: string): Found => ({
  token: headerOf(answer, 'x-subject-token'),
  address: objectStoreEndpoint(catalog(answer.body) ?? [], region),
})

const found = (answer: SwiftAnswer, { version, region }: Login): Found => {
  switch (version) {
    case 1:
      return firstVersion(answer)
    case 2:
      return secondVersion(answer, region)
    case 3:
      return thirdVersion(answer, region)
  }
}

const OPERATION = 'authenticate'

const refused = (message: string): StorageError => swiftError('StorageRefused', OPERATION, message)

const sessionAt = (address: string, token: string): E.Either<StorageError, Session> => {
  const server = URL.parse(address)
  return server !== null && ['http:', 'https:'].includes(server.protocol)
    ? E.right({ token, server, path: server.pathname.replace(/\/+$/, '') })
    : E.left(refused('the catalog names no usable address of the object store'))
}

/** The session that an answer to a login begins. */
export const session = (answer: SwiftAnswer, login: Login): E.Either<StorageError, Session> => {
  const { token, address } = found(answer, login)
  const where = login.region === '' ? '' : ` in region ${login.region}`
  if (token === '')
    return E.left(
      swiftError('StorageFailed', OPERATION, `${login.url.origin}: an answer without a token`),
    )
  return pipe(
    address,
    E.fromOption(() =>
      refused(
        `${login.url.origin}: no object store${where} in the catalog that these credentials get to see`,
      ),
    ),
    E.flatMap((at) => sessionAt(at, token)),
  )
}
