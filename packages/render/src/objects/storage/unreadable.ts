import * as E from 'fp-ts/Either'

import { type CredentialReading, names, type RenderProblem } from '../../model'

type Unreadable = Extract<CredentialReading, { readonly _tag: 'Unreadable' }>

/** A document of credentials, in an entry of a Secret of ours, makes no sense. */
export const unreadable = (
  name: string,
  key: string,
  { problem }: Pick<Unreadable, 'problem'>,
): E.Either<RenderProblem, never> =>
  E.left({
    _tag: 'CredentialsUnreadable',
    namespace: names.REGISTRY_NAMESPACE,
    name,
    key,
    problem,
  })
