import { textOf } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'

import { cloudsEntry } from './clouds-entry'

/** The fields of a clouds.yaml that are secret values. */
export type CloudsSecretField =
  | 'username'
  | 'password'
  | 'application_credential_id'
  | 'application_credential_name'
  | 'application_credential_secret'
  | 'token'

/** One secret value of a cloud; none where the file does not have it. */
export const cloudsSecret = (
  text: string,
  cloud: string,
  field: CloudsSecretField,
): O.Option<string> =>
  pipe(
    O.fromEither(cloudsEntry(text, cloud)),
    O.map(({ auth }) => textOf(auth[field])),
    O.filter((value) => value !== ''),
  )
