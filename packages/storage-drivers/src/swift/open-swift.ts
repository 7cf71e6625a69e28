import type {
  StorageError,
  StoragePart,
  StorageTarget,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { Backend, OpenBackend } from '../backend'
import type { StorageAccess } from '../storage-driver'
import { containerPart } from './container-part'
import { isContainerName } from './container-path'
import { login, type Login } from './login'
import { sessionKeeper } from './session-keeper'
import { type AccountDeps, swiftAccount } from './swift-account'
import { type Reach, swiftConnections } from './swift-connections'
import { swiftError } from './swift-error'

export type SwiftDeps = {
  /** How requests name who sends them. */
  readonly userAgent: string
}

const OPERATION = 'open'

type Opened = { readonly login: Login; readonly part: StoragePart }

const partOf = ({ parts }: StorageTarget): E.Either<StorageError, StoragePart> => {
  const part = parts.find(({ kind }) => kind === 'container')
  return part !== undefined && isContainerName(part.name)
    ? E.right(part)
    : E.left(
        swiftError('StorageRefused', OPERATION, `${part?.name ?? ''} is no name of a container`),
      )
}

const opened = (access: StorageAccess): E.Either<StorageError, Opened> => {
  const { connection } = access.target
  if (connection._tag !== 'Swift')
    return E.left(swiftError('StorageRefused', OPERATION, `no connection to Swift`))
  return pipe(
    E.Do,
    E.apSW('login', login(access, connection)),
    E.apSW('part', partOf(access.target)),
  )
}

/** The authority that comes with a clouds.yaml is trusted as well. */
const reach = ({ target, values }: StorageAccess): Reach => {
  const { authorities, proxy } = target
  const own = values['cacert'] ?? ''
  const pems = [authorities.pem, authorities.pem.includes(own.trim()) ? '' : own]
  return {
    proxy,
    authorities: { ...authorities, pem: pems.filter((pem) => pem !== '').join('\n') },
  }
}

/** Swift, let in by its own users, or by Keystone 2.0 or 3. A session is kept for the next opening with the same login. */
export const openSwift = ({ userAgent }: SwiftDeps): OpenBackend => {
  const keep = sessionKeeper()
  return (access, call) =>
    pipe(
      TE.fromEither(opened(access)),
      TE.map(({ login: into, part }): Backend => {
        const connections = swiftConnections(reach(access))
        const deps: AccountDeps = { connections, call, keep, userAgent }
        return {
          parts: [containerPart(swiftAccount(deps, into), part)],
          close: connections.close,
        }
      }),
    )
}
