import type { S3Connection, StorageError } from '@image-registry-operator/render/model'
import * as O from 'fp-ts/Option'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { agents } from '../agents'
import type { S3Identity } from '../s3-compatible/s3-client'
import type { StorageCaller } from '../storage-call'
import type { StorageAccess } from '../storage-driver'
import type { IdentityMemory } from './identity-memory'
import { sharedCredentials, type SharedCredentials, type WebRole } from './shared-credentials'
import { assumeRole } from './sts-client'

/** What is needed to find out who asks. */
export type IdentityDeps = {
  /** The text of a file; rejects when there is none. */
  readonly readText: (path: string) => Promise<string>
  readonly memory: IdentityMemory
}

/** Gives whoever signs at the moment that it is asked. */
export type GetIdentity = () => Promise<S3Identity>

const unusable = (operation: string, message: string): StorageError => ({
  _tag: 'CredentialsRefused',
  backend: 'S3',
  operation,
  code: 'none',
  message,
})

const credentials = ({ target, values }: StorageAccess): O.Option<SharedCredentials> => {
  const { id = '', secret = '', file = '' } = values
  if (target.credentials.form === 'file') return sharedCredentials(file)
  return id === '' || secret === ''
    ? O.none
    : O.some({ _tag: 'StaticKeys', id, secret, sessionToken: '' })
}

/** Who asks. A role is assumed at once, so that it is known whether it can be; later again whenever its time is over. */
export const s3Identity = (
  deps: IdentityDeps,
  access: StorageAccess,
  connection: S3Connection,
  call: StorageCaller,
): TE.TaskEither<StorageError, GetIdentity> => {
  const found = credentials(access)
  if (O.isNone(found))
    return TE.left(
      unusable('ReadCredentials', 'the credentials hold neither a pair of keys nor a role'),
    )
  const who = found.value
  return who._tag === 'StaticKeys'
    ? TE.right(() => Promise.resolve(staticIdentity(who)))
    : inRole(deps, { access, connection, call }, who)
}

const staticIdentity = ({
  id,
  secret,
  sessionToken,
}: Extract<SharedCredentials, { _tag: 'StaticKeys' }>): S3Identity => ({
  accessKeyId: id,
  secretAccessKey: secret,
  ...(sessionToken === '' ? {} : { sessionToken }),
})

type Asking = {
  readonly access: StorageAccess
  readonly connection: S3Connection
  readonly call: StorageCaller
}

const inRole = (
  { readText, memory }: IdentityDeps,
  { access, connection, call }: Asking,
  role: WebRole,
): TE.TaskEither<StorageError, GetIdentity> => {
  const who = JSON.stringify([role, connection, access.target.proxy])
  const ask = async (signal: AbortSignal): Promise<S3Identity> => {
    const webToken = await token(readText, role)
    return memory.keep(who, await assumed({ access, connection }, role, webToken, signal))
  }
  const get = async (): Promise<S3Identity> =>
    memory.known(who) ?? (await ask(AbortSignal.timeout(LONGEST_MS)))
  return memory.known(who) === undefined
    ? pipe(
        call({ operation: 'AssumeRoleWithWebIdentity', send: ask }),
        TE.map(() => get),
      )
    : TE.right(get)
}

/** As long as the renewal of a role may take amid other work. */
const LONGEST_MS = 30_000

const token = (readText: IdentityDeps['readText'], { tokenFile }: WebRole): Promise<string> =>
  readText(tokenFile).then(
    (text) => text.trim(),
    () =>
      Promise.reject(
        Object.assign(new Error(`the token ${tokenFile} cannot be read`), {
          name: 'CredentialsUnusable',
        }),
      ),
  )

const assumed = (
  {
    access: { target },
    connection: { region, stsEndpoint },
  }: Pick<Asking, 'access' | 'connection'>,
  role: WebRole,
  webToken: string,
  signal: AbortSignal,
): Promise<S3Identity> =>
  assumeRole(
    {
      ...role,
      region: region === '' ? 'us-east-1' : region,
      endpoint: stsEndpoint,
      agents: agents(target, URL.parse(stsEndpoint)?.hostname ?? ''),
    },
    webToken,
    signal,
  )
