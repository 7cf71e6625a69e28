import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { startInstalledServer } from '../installed/installed-server'
import { type PythonPrograms, pythonPrograms } from '../installed/python-programs'
import { createIamUser, type IamUser } from './iam-user'
import type { PolicyDocument } from './policy-document'
import type { S3Access, S3Server } from './s3-server'

const REGION = 'us-east-1'

export type MotoOptions = Readonly<{
  /**
   * Whether signatures and policies are checked; false if not given, and then any key may do anything, a wrong one
   * too.
   */
  enforcePolicies?: boolean
}>

/** moto on 127.0.0.1: S3 with every setting of a bucket, and IAM. */
export type Moto = S3Server &
  Readonly<{
    /** Makes a user who may do what the policy says, and nothing else; returns how to be that user. */
    createUser: (name: string, policy: PolicyDocument) => Promise<S3Access>
  }>

const everything: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
}

const requirements = (): ReadonlyArray<string> =>
  readFileSync(join(import.meta.dirname, 'moto-requirements.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))

/** As many requests as it takes to make the first user, who then makes the others. */
const UNCHECKED_REQUESTS = 3

const environmentOf = (enforcePolicies: boolean): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  ...(enforcePolicies ? { INITIAL_NO_AUTH_ACTION_COUNT: `${UNCHECKED_REQUESTS}` } : {}),
})

const isUp = async (endpoint: string): Promise<boolean> => (await fetch(`${endpoint}/moto-api/`)).ok

/** moto, which is installed if this machine does not have it yet. */
export const motoPrograms = (): Promise<PythonPrograms> =>
  pythonPrograms({ name: 'moto', requirements: requirements() })

/** Starts moto. */
export const startMoto = async ({ enforcePolicies = false }: MotoOptions = {}): Promise<Moto> => {
  const { python } = await motoPrograms()
  const started = await startInstalledServer('moto', ({ port }) => ({
    program: python,
    args: [join(import.meta.dirname, 'serve-moto.py'), '-H', '127.0.0.1', '-p', `${port}`],
    environment: environmentOf(enforcePolicies),
    isReady: () => isUp(`http://127.0.0.1:${port}`),
  }))
  const endpoint = `http://127.0.0.1:${started.port}`
  const accessOf = ({ accessKey, secretKey }: IamUser): S3Access => ({
    endpoint,
    region: REGION,
    accessKey,
    secretKey,
    authorities: undefined,
  })
  try {
    const nobody = accessOf({ accessKey: 'AKIAIOSFODNN7NOBODY0', secretKey: 'nobody' })
    const first = accessOf(await createIamUser(nobody, 'first', everything))
    return {
      ...started,
      ...first,
      createUser: async (name, policy) => accessOf(await createIamUser(first, name, policy)),
    }
  } catch (error) {
    await started.stop()
    throw error
  }
}
