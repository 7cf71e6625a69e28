import { awsProfile } from '@image-registry-operator/render/model'
import * as O from 'fp-ts/Option'

/** A role that is assumed by showing a token. */
export type WebRole = {
  readonly _tag: 'WebRole'
  readonly roleArn: string
  /** Path of a file that is renewed by others. */
  readonly tokenFile: string
  readonly sessionName: string
  /** The one service for all regions, as it was in the beginning. */
  readonly isGlobal: boolean
}

/** Who asks, as the file says it that all tools of AWS share. */
export type SharedCredentials =
  | {
      readonly _tag: 'StaticKeys'
      readonly id: string
      readonly secret: string
      /** Empty: the keys are for good. */
      readonly sessionToken: string
    }
  | WebRole

/** Who asks, by the `default` profile of such a file. Keys come before a role, as everywhere. */
export const sharedCredentials = (text: string): O.Option<SharedCredentials> => {
  const profile = awsProfile(text)
  const get = (name: string): string => profile.get(name) ?? ''
  const [id, secret] = [get('aws_access_key_id'), get('aws_secret_access_key')]
  if (id !== '' && secret !== '')
    return O.some({ _tag: 'StaticKeys', id, secret, sessionToken: get('aws_session_token') })
  const [roleArn, tokenFile] = [get('role_arn'), get('web_identity_token_file')]
  return roleArn === '' || tokenFile === ''
    ? O.none
    : O.some({
        _tag: 'WebRole',
        roleArn,
        tokenFile,
        sessionName: get('role_session_name') || 'image-registry-operator',
        isGlobal: get('sts_regional_endpoints') === 'legacy',
      })
}
