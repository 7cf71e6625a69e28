import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { collectionLog } from '@image-registry-operator/render/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import { digestOf, type Image, isSameImage, newImage } from '../../storage-servers/registry/image'
import { imageFiles } from '../../storage-servers/registry/image-files'
import { manifestOf } from '../../storage-servers/registry/image-manifest'
import type { PodContainer, PodSpec } from '../../storage-servers/registry/pod-spec'
import { deleteImage, hasImage, pullImage } from '../../storage-servers/registry/pull-image'
import { pushImage } from '../../storage-servers/registry/push-image'
import { type RegistryPod, startRegistryPod } from '../../storage-servers/registry/registry-pod'
import { registryProgram } from '../../storage-servers/registry/registry-program'

type Template = Readonly<{ template: Readonly<{ spec: PodSpec }> }>

type Manifest = Readonly<{
  kind: string
  metadata: Readonly<{ name: string }>
  spec: Template & Readonly<{ jobTemplate: Readonly<{ spec: Template }> }>
}>

const AT_REST = 'garbage-is-looked-for-on-plain-kubernetes'
const CLOSED = 'the-registry-takes-no-pushes-while-garbage-is-deleted'
const FOUND = 'a-dry-run-that-finds-garbage-has-it-deleted'

const goldenObjects = (name: string): ReadonlyArray<Manifest> => {
  const path = join(import.meta.dirname, '../../../packages/render/golden', name, 'desired.yaml')
  const { objects } = parse(readFileSync(path, 'utf8')) as Readonly<{
    objects: ReadonlyArray<Manifest | string>
  }>
  return objects.filter((object) => typeof object !== 'string')
}

const SETTINGS = {
  kind: 'Secret',
  metadata: { name: 'image-registry-private-configuration' },
  stringData: { REGISTRY_HTTP_SECRET: 'a secret of the test' },
}

const objectOf = (name: string, kind: string): Manifest => {
  const found = goldenObjects(name).find((object) => object.kind === kind)
  if (found === undefined) throw new Error(`${name} spells out no ${kind}`)
  return found
}

const onlyContainer = ({ template }: Template): PodContainer => {
  const [container] = template.spec.containers
  if (container === undefined) throw new Error('The pod has no container')
  return container
}

const DRY_RUN = onlyContainer(objectOf(AT_REST, 'CronJob').spec.jobTemplate.spec)
const COLLECT = onlyContainer(objectOf(FOUND, 'Job').spec)

const run = promisify(execFile)

let claim: string
let program: string
let registry: RegistryPod | undefined

beforeAll(async () => {
  program = await registryProgram('distribution-3')
  claim = await mkdtemp(join(tmpdir(), 'claim-'))
})

afterAll(async () => {
  await registry?.stop()
  await rm(claim, { recursive: true, force: true })
})

/** Replaces the registry, as a roll out does. */
const rolledOut = async (name: string): Promise<RegistryPod> => {
  await registry?.stop()
  const objects = goldenObjects(name).filter(({ kind }) =>
    ['Deployment', 'ConfigMap'].includes(kind),
  )
  registry = await startRegistryPod({
    program: 'distribution-3',
    objects: [...objects, SETTINGS],
    claims: { images: claim },
  })
  return registry
}

/** Runs what the container of a Job runs; gives its log. */
const collected = async ({ args = [], env = [] }: PodContainer): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'collect-'))
  const config = join(folder, 'config.yml')
  await writeFile(config, imageFiles['/config.yml'] ?? '')
  const variables = Object.fromEntries(env.map(({ name, value = '' }) => [name, value]))
  const environment = { ...variables, REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY: claim }
  try {
    const { stdout } = await run(program, [...args.slice(0, -1), config], { env: environment })
    return stdout
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The digests of all blobs in the storage, whether anything refers to them or not. */
const storedBlobs = async (): Promise<ReadonlyArray<string>> => {
  const folder = join(claim, 'docker/registry/v2/blobs/sha256')
  const paths = await readdir(folder, { recursive: true })
  return paths
    .map((path) => /^[0-9a-f]{2}\/([0-9a-f]{64})$/.exec(path)?.[1] ?? '')
    .filter((digest) => existsSync(join(folder, digest.slice(0, 2), digest, 'data')))
    .filter((digest) => digest !== '')
    .map((digest) => `sha256:${digest}`)
    .sort()
}

const blobsOf = (image: Image): ReadonlyArray<string> =>
  [...image.layers, image.config, manifestOf(image)].map(digestOf).sort()

describe('garbage of a registry', () => {
  const kept = newImage([1000, 2_000_000])
  const garbage = newImage([2000, 3_000_000])

  it('is counted by a dry run beside the registry, which deletes nothing', async () => {
    const open = await rolledOut(AT_REST)
    await pushImage(open, 'team/kept:v1', kept)
    const digest = await pushImage(open, 'team/garbage:v1', garbage)
    expect(collectionLog(await collected(DRY_RUN))).toEqual({ blobs: 0, manifests: 0 })
    await deleteImage(open, `team/garbage@${digest}`)
    const before = await storedBlobs()
    expect(before).toEqual([...blobsOf(kept), ...blobsOf(garbage)].sort())
    expect(collectionLog(await collected(DRY_RUN))).toEqual({ blobs: 4, manifests: 0 })
    expect(await storedBlobs()).toEqual(before)
  })

  it('is deleted while the registry gives images out and takes none', async () => {
    const closed = await rolledOut(CLOSED)
    await expect(pushImage(closed, 'team/late:v1', newImage([10]))).rejects.toThrow('405')
    expect(isSameImage(await pullImage(closed, 'team/kept:v1'), kept)).toBe(true)
    expect(collectionLog(await collected(COLLECT))).toEqual({ blobs: 4, manifests: 0 })
    expect(await storedBlobs()).toEqual(blobsOf(kept))
    expect(isSameImage(await pullImage(closed, 'team/kept:v1'), kept)).toBe(true)
  })

  it('can be pushed again afterwards, to the last byte', async () => {
    const open = await rolledOut(AT_REST)
    expect(await hasImage(open, 'team/garbage:v1')).toBe(false)
    await pushImage(open, 'team/garbage:v2', garbage)
    expect(isSameImage(await pullImage(open, 'team/garbage:v2'), garbage)).toBe(true)
    expect(isSameImage(await pullImage(open, 'team/kept:v1'), kept)).toBe(true)
    expect(collectionLog(await collected(DRY_RUN))).toEqual({ blobs: 0, manifests: 0 })
  })
})
