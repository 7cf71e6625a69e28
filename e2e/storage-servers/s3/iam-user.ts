import { askIam } from './iam-request'
import type { PolicyDocument } from './policy-document'
import type { S3Access } from './s3-server'

/** The keys of a user. */
export type IamUser = Readonly<{ accessKey: string; secretKey: string }>

const element = (xml: string, name: string): string => {
  const text = new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1]
  if (text === undefined) throw new Error(`No ${name} in ${xml}`)
  return text
}

/** Makes a user with one policy and one pair of keys: three requests. */
export const createIamUser = async (
  access: S3Access,
  name: string,
  policy: PolicyDocument,
): Promise<IamUser> => {
  const user = { UserName: name }
  await askIam(access, 'CreateUser', user)
  await askIam(access, 'PutUserPolicy', {
    ...user,
    PolicyName: 'what-the-user-may-do',
    PolicyDocument: JSON.stringify(policy),
  })
  const keys = await askIam(access, 'CreateAccessKey', user)
  return {
    accessKey: element(keys, 'AccessKeyId'),
    secretKey: element(keys, 'SecretAccessKey'),
  }
}
