import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { StorageSetting, StorageStep } from '@image-registry-operator/render/model'
import { s3UnderTest, type StorageAccess } from '@image-registry-operator/storage-drivers/testing'
import { parse } from 'yaml'

import { isSameImage, newImage } from '../../storage-servers/registry/image'
import { deleteImage, pullImage } from '../../storage-servers/registry/pull-image'
import { pushImage } from '../../storage-servers/registry/push-image'
import { startRegistryPod } from '../../storage-servers/registry/registry-pod'
import type { RegistryProgram } from '../../storage-servers/registry/registry-program'
import { ANN, annsSecret } from '../../storage-servers/registry/registry-user'
import type { S3Access } from '../../storage-servers/s3/s3-server'
import { bucketLook, userClient } from './s3-bucket-world'
import { ALL } from './s3-unused-bucket'

/** The bucket as somebody sees it who does what the story tells, and as its owner sees it, who may do everything. */
export type S3Story = Readonly<{ user: S3Access; owner: S3Access; access: StorageAccess }>

type Step = Readonly<{ name: string; take: () => Promise<unknown> }>

const demand = (isDone: boolean, why: unknown): void => {
  if (!isDone) throw new Error(JSON.stringify(why))
}

const bucketOf = ({ target }: StorageAccess): string => target.parts[0]?.name ?? ''

const driverSteps = ({ access }: S3Story) => {
  const { driver } = s3UnderTest()
  const quiet = () => () => undefined
  const seen = async () => {
    const result = await driver.observe(access, { _tag: 'Everything', counts: true })()
    if (result._tag === 'Left') throw new Error(JSON.stringify(result.left))
    return result.right.sight.parts.bucket
  }
  const ensure = (name: string, step: StorageStep): Step => ({
    name,
    take: async () => {
      const [outcome] = await driver.ensure(access, [step], quiet)()
      demand(outcome?.result._tag === 'Right', outcome?.result)
    },
  })
  const isFound = (setting: StorageSetting): Step => ({
    name: `see ${setting.name}`,
    take: async () => {
      const sight = await seen()
      demand(sight?._tag === 'Present' && sight.settings[setting.name]?._tag === 'Found', sight)
    },
  })
  const before: ReadonlyArray<Step> = [
    {
      name: 'look for the bucket',
      take: async () => {
        const sight = await seen()
        demand(sight?._tag === 'Absent', sight)
      },
    },
    ensure('make the bucket', { _tag: 'Create', part: 'bucket' }),
    ...ALL.map((setting) =>
      ensure(`set ${setting.name}`, { _tag: 'Set', part: 'bucket', setting }),
    ),
    ...ALL.map(isFound),
  ]
  const remove: Step = {
    name: 'remove the bucket',
    take: async () => {
      const parts = access.target.parts.map(({ kind, marks }) => ({ part: kind, marks }))
      const result = await driver.remove(access, parts, quiet)()
      demand(result._tag === 'Right', result)
    },
  }
  return { before, remove }
}

type Manifest = Readonly<{ kind: string; metadata: Readonly<{ name: string }> }>

const goldenObjects = (
  name: string,
  replacements: ReadonlyArray<readonly [string, string]> = [],
): ReadonlyArray<Manifest> => {
  const path = join(import.meta.dirname, '../../../packages/render/golden', name, 'desired.yaml')
  const text = replacements.reduce(
    (all, [from, to]) => all.replaceAll(from, to),
    readFileSync(path, 'utf8'),
  )
  // A file of this repository, whose objects that are as in another case are texts.
  const { objects } = parse(text) as Readonly<{ objects: ReadonlyArray<Manifest | string> }>
  return objects.filter((object) => typeof object !== 'string')
}

/** The registry of plain Kubernetes, on the bucket. */
const registryObjects = ({ user, access }: S3Story): ReadonlyArray<object> => {
  const own = goldenObjects('s3-on-plain-kubernetes', [
    ['https://s3.mx-central-1.amazonaws.com', user.endpoint],
    ['mx-central-1', user.region],
    ['value: images', `value: ${bucketOf(access)}`],
  ]).filter(({ kind }) => kind === 'Deployment')
  const settings = {
    kind: 'Secret',
    metadata: { name: 'image-registry-private-configuration' },
    stringData: {
      REGISTRY_HTTP_SECRET: 'a secret of the test',
      credentials: `[default]\naws_access_key_id = ${user.accessKey}\naws_secret_access_key = ${user.secretKey}\n`,
    },
  }
  const others = goldenObjects('an-empty-dir-and-nothing-else').filter(
    ({ kind, metadata }) => kind !== 'Deployment' && metadata.name !== settings.metadata.name,
  )
  return [...own, settings, annsSecret, ...others]
}

const registrySteps = (story: S3Story, program: RegistryProgram) => {
  const image = newImage()
  let pod: Awaited<ReturnType<typeof startRegistryPod>> | undefined
  let digest = ''
  const running = async () => {
    pod ??= await startRegistryPod({
      program,
      objects: registryObjects(story),
      user: ANN,
      extraEnvironment: {
        // No name leads to a bucket of a server here.
        REGISTRY_STORAGE_S3_FORCEPATHSTYLE: 'true',
        // moto, when it checks who asks, fails at links that are signed.
        REGISTRY_STORAGE_REDIRECT_DISABLE: 'true',
      },
    })
    return pod
  }
  const steps: ReadonlyArray<Step> = [
    {
      name: 'push an image',
      take: async () => {
        digest = await pushImage(await running(), 'team/app:v1', image)
      },
    },
    {
      name: 'pull the image',
      take: async () => {
        demand(isSameImage(image, await pullImage(await running(), 'team/app:v1')), 'another image')
      },
    },
    {
      name: 'delete the image',
      take: async () => deleteImage(await running(), `team/app@${digest}`),
    },
  ]
  return { steps, stop: async () => pod?.stop() }
}

/** What a bucket may have in it beside the objects that one sees: older versions, marks of deletion, an upload under way. */
const addHidden = async ({ owner, access }: S3Story): Promise<void> => {
  const s3 = userClient(owner)
  const Bucket = bucketOf(access)
  await s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } })
  for (const Body of ['older', 'newer']) await s3.putObject({ Bucket, Key: 'versioned', Body })
  await s3.deleteObject({ Bucket, Key: 'versioned' })
  await s3.createMultipartUpload({ Bucket, Key: 'never/finished' })
  s3.destroy()
}

const isGone = async ({ owner, access }: S3Story): Promise<boolean> => {
  const s3 = userClient(owner)
  const look = await bucketLook(s3, bucketOf(access))
  s3.destroy()
  return look === undefined
}

/** Tells the whole story of a bucket, from nothing to nothing; gives the step that failed, or `nothing`. */
export const failingStep = async (
  story: S3Story,
  program: RegistryProgram = 'distribution-3',
): Promise<string> => {
  const { before, remove } = driverSteps(story)
  const { steps, stop } = registrySteps(story, program)
  const hidden: Step = { name: 'hide things in it', take: () => addHidden(story) }
  const gone: Step = {
    name: 'leave nothing behind',
    take: async () => demand(await isGone(story), 'it is still there'),
  }
  try {
    for (const { name, take } of [...before, ...steps, hidden, remove, gone]) {
      const isTaken = await take().then(
        () => true,
        () => false,
      )
      if (!isTaken) return name
    }
    return 'nothing'
  } finally {
    await stop()
  }
}
