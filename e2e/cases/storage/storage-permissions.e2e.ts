import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { runCommand } from '../../harness/bundle'
import {
  type RegistryProgram,
  registryProgram,
} from '../../storage-servers/registry/registry-program'
import { type Moto, motoPrograms, startMoto } from '../../storage-servers/s3/moto'
import type { PolicyDocument } from '../../storage-servers/s3/policy-document'
import { failingStep } from './s3-story'
import { ALL, unusedBucket } from './s3-unused-bucket'

/** Each action that the policy allows, and what cannot be done without it. */
const NEEDED_TO = {
  's3:ListBucket': 'look for the bucket',
  's3:CreateBucket': 'make the bucket',
  's3:PutBucketTagging': 'make the bucket',
  's3:GetBucketTagging': 'set Tagged',
  's3:PutBucketPublicAccessBlock': 'set PublicAccessBlocked',
  's3:PutEncryptionConfiguration': 'set Encrypted',
  's3:GetLifecycleConfiguration': 'set IncompleteUploadCleanupEnabled',
  's3:PutLifecycleConfiguration': 'set IncompleteUploadCleanupEnabled',
  's3:GetBucketPublicAccessBlock': 'see PublicAccessBlocked',
  's3:GetEncryptionConfiguration': 'see Encrypted',
  's3:GetObject': 'push an image',
  's3:PutObject': 'push an image',
  's3:ListBucketMultipartUploads': 'push an image',
  's3:ListMultipartUploadParts': 'push an image',
  's3:DeleteObject': 'push an image',
  's3:ListBucketVersions': 'remove the bucket',
  's3:DeleteObjectVersion': 'remove the bucket',
  's3:AbortMultipartUpload': 'remove the bucket',
  's3:DeleteBucket': 'remove the bucket',
} as const

const PROGRAMS: ReadonlyArray<RegistryProgram> = ['distribution-3', 'docker-registry-2.8']

type Trial = Readonly<{
  /** What of the printed policy the user gets. */
  change?: (policy: PolicyDocument) => PolicyDocument
  /** Whether it was printed for another bucket. */
  isOfAnother?: boolean
  program?: RegistryProgram
}>

const printed = async (bucket: string): Promise<PolicyDocument> => {
  const args = ['install', '--permissions', 'aws', '--bucket', bucket]
  const { code, stdout } = await runCommand(args)
  expect(code).toBe(0)
  // The program's own output, which the server would refuse if it were no policy.
  return JSON.parse(stdout) as PolicyDocument
}

const actionsOf = ({ Statement }: PolicyDocument): ReadonlyArray<string> =>
  Statement.flatMap(({ Action }) => Action)

const without = ({ Version, Statement }: PolicyDocument, left: string): PolicyDocument => ({
  Version,
  Statement: Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((action) => action !== left),
  })),
})

describe('the policy that is printed for a bucket of AWS', () => {
  let moto: Moto
  let users = 0

  beforeAll(async () => {
    await motoPrograms()
    for (const program of PROGRAMS) await registryProgram(program)
    moto = await startMoto({ enforcePolicies: true })
  }, 900_000)
  afterAll(() => moto.stop())

  /** The step that fails for a user who may do what is printed. */
  const failing = async ({
    change = (policy) => policy,
    isOfAnother = false,
    program,
  }: Trial): Promise<string> => {
    const unused = unusedBucket(moto, ALL)
    const bucket = unused.target.parts[0]?.name ?? ''
    const policy = change(await printed(isOfAnother ? `${bucket}-other` : bucket))
    const user = await moto.createUser(`user-${++users}`, policy)
    const access = { ...unused, values: { id: user.accessKey, secret: user.secretKey } }
    return failingStep({ user, owner: moto, access }, program)
  }

  it.each(PROGRAMS)(
    'is enough for the whole life of the bucket, with images of %s',
    async (program) => {
      expect(await failing({ program })).toBe('nothing')
    },
  )

  it('is good for no other bucket', async () => {
    expect(await failing({ isOfAnother: true })).toBe('look for the bucket')
  })

  it('allows nothing that is not tried here', async () => {
    expect([...actionsOf(await printed('images'))].sort()).toEqual(Object.keys(NEEDED_TO).sort())
  })

  it.each(Object.entries(NEEDED_TO))('allows %s to %s', async (action, step) => {
    expect(await failing({ change: (policy) => without(policy, action) })).toBe(step)
  })
})
