import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { AccountKey } from './account-key'
import type { ContainerClient } from './azure-client'
import type { DataCredential } from './azure-clients'
import type { AzureScope } from './azure-scope'

/** What one is let in to a container with. */
export type ContainerPass =
  | { readonly _tag: 'GivenKey'; readonly key: string }
  /** A key that Azure Resource Manager tells. */
  | { readonly _tag: 'ToldKey'; readonly key: AccountKey }
  | { readonly _tag: 'Token' }

type Send<A> = (
  container: ContainerClient,
  options: { readonly abortSignal: AbortSignal },
) => Promise<A>

/** Asks the container of the connection something. */
export type AskContainer = <A>(operation: string, send: Send<A>) => TE.TaskEither<StorageError, A>

const credentialOf = (pass: ContainerPass): TE.TaskEither<StorageError, DataCredential> => {
  switch (pass._tag) {
    case 'GivenKey':
      return TE.right({ _tag: 'Key', key: pass.key })
    case 'ToldKey':
      return pipe(
        pass.key.read,
        TE.map((key): DataCredential => ({ _tag: 'Key', key })),
      )
    case 'Token':
      return TE.right({ _tag: 'Token' })
  }
}

/** Asks a container. A key that is not taken any more is asked for anew, once: somebody may have changed it. */
export const askingContainer =
  ({ call, clients }: AzureScope, pass: ContainerPass): AskContainer =>
  (operation, send) => {
    const attempt = pipe(
      credentialOf(pass),
      TE.flatMap((credential) =>
        call({
          operation,
          send: async (abortSignal) => send(await clients.container(credential), { abortSignal }),
        }),
      ),
    )
    return pass._tag !== 'ToldKey'
      ? attempt
      : pipe(
          attempt,
          TE.orElse((error) => {
            if (error._tag !== 'CredentialsRefused' || error.operation !== operation)
              return TE.left(error)
            pass.key.forget()
            return attempt
          }),
        )
  }
