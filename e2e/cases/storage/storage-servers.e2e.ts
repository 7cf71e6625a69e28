import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import { installOnce } from '../../storage-servers/installed/install-once'
import type { InstalledServer } from '../../storage-servers/installed/installed-server'
import { missingPrerequisites } from '../../storage-servers/installed/tools'
import { isSameImage, newImage } from '../../storage-servers/registry/image'
import { deleteImage, hasImage, pullImage } from '../../storage-servers/registry/pull-image'
import { pushImage } from '../../storage-servers/registry/push-image'
import {
  type RegistryPodOptions,
  startRegistryPod,
} from '../../storage-servers/registry/registry-pod'
import { registryProgram } from '../../storage-servers/registry/registry-program'
import { minioProgram, startMinio } from '../../storage-servers/s3/minio'
import { type Moto, motoPrograms, startMoto } from '../../storage-servers/s3/moto'
import { s3Admin } from '../../storage-servers/s3/s3-admin'
import type { S3Server } from '../../storage-servers/s3/s3-server'

type Manifest = Readonly<{
  kind: string
  metadata: Readonly<{ name: string }>
  data?: Readonly<Record<string, string>>
  stringData?: Readonly<Record<string, string>>
}>

const PLAINEST = 'an-empty-dir-and-nothing-else'

/** The objects that a golden case spells out, with other text in place of some of theirs. */
const goldenObjects = (
  name: string,
  replacements: Readonly<Record<string, string>> = {},
): ReadonlyArray<Manifest> => {
  const path = join(import.meta.dirname, '../../../packages/render/golden', name, 'desired.yaml')
  const text = Object.entries(replacements).reduce(
    (all, [from, to]) => all.replaceAll(from, to),
    readFileSync(path, 'utf8'),
  )
  const { objects } = parse(text) as Readonly<{ objects: ReadonlyArray<Manifest | string> }>
  return objects.filter((object) => typeof object !== 'string')
}

/** The Secret of the registry's own settings, whose values no golden file shows. */
const settings = (stringData: Readonly<Record<string, string>> = {}): Manifest => ({
  kind: 'Secret',
  metadata: { name: 'image-registry-private-configuration' },
  stringData: { REGISTRY_HTTP_SECRET: 'a secret of the test', ...stringData },
})

const isDeployment = ({ kind }: Manifest): boolean => kind === 'Deployment'

/** What the plainest case says, with these objects in place of those of their kind and name. */
const podObjects = (...own: ReadonlyArray<Manifest>): ReadonlyArray<Manifest> => [
  ...own,
  ...goldenObjects(PLAINEST).filter(
    ({ kind, metadata }) =>
      !own.some((other) => other.kind === kind && other.metadata.name === metadata.name),
  ),
]

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Ends a server; returns what is left of it. */
const leftAfterStop = async ({ server, folder, stop }: InstalledServer) => {
  const pid = server.pid()
  if (pid === undefined) throw new Error(`${server.name} does not run`)
  await stop()
  return { isRunning: isRunning(pid), hasFolder: existsSync(folder) }
}

const nothing = { isRunning: false, hasFolder: false }

const pushedAndPulled = async (options: RegistryPodOptions, storageAuthorities = '') => {
  const pod = await startRegistryPod(options)
  const image = newImage()
  const digest = await pushImage(pod, 'team/app:v1', image)
  const registry = { ...pod, authorities: pod.authorities + storageAuthorities }
  const isSame = isSameImage(image, await pullImage(registry, 'team/app:v1'))
  return { pod, digest, isSame }
}

// Each is compiled or downloaded once per machine.
beforeAll(async () => {
  await motoPrograms()
  await registryProgram('docker-registry-2.8')
  await registryProgram('distribution-3')
  await minioProgram()
}, 900_000)

describe('an installation', () => {
  let cache: string
  const before = process.env['XDG_CACHE_HOME']

  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'installations-'))
    process.env['XDG_CACHE_HOME'] = cache
  })

  afterAll(async () => {
    if (before === undefined) delete process.env['XDG_CACHE_HOME']
    else process.env['XDG_CACHE_HOME'] = before
    await rm(cache, { recursive: true })
  })

  it('is made once, however many ask for it at the same time', async () => {
    let fills = 0
    const fill = async (folder: string): Promise<void> => {
      fills += 1
      await writeFile(join(folder, 'program'), 'content')
    }
    const asked = { name: 'some', key: ['1'], tools: [], fill, onProgress: () => undefined }
    const folders = await Promise.all([1, 2, 3].map(() => installOnce(asked)))
    expect(new Set(folders).size).toBe(1)
    expect(readFileSync(join(folders[0] ?? '', 'program'), 'utf8')).toBe('content')
    expect(fills).toBe(1)
    expect(await installOnce({ ...asked, key: ['2'] })).not.toBe(folders[0])
  })

  it('leaves nothing when it fails', async () => {
    const fill = async (folder: string): Promise<void> => {
      await writeFile(join(folder, 'half'), '')
      throw new Error('no more space')
    }
    const asked = { name: 'failing', key: [], tools: [], fill, onProgress: () => undefined }
    await expect(installOnce(asked)).rejects.toThrow('no more space')
    const left = readdirSync(join(cache, 'image-registry-operator/storage-servers'))
    expect(left.filter((name) => name.startsWith('failing'))).toEqual([])
  })

  it('says which tool is missing and what to do about it', () => {
    const path = process.env['PATH']
    process.env['PATH'] = '/nonexistent'
    const missing = missingPrerequisites('a server', ['go', 'python3'])
    process.env['PATH'] = path
    expect(missing).toEqual([
      'No `go` on PATH to install a server with: install Go 1.21 or newer (it fetches the version it needs).',
      'No `python3` on PATH to install a server with: install Python 3.11 or newer, with its module venv.',
    ])
    expect(missingPrerequisites('a server', [])).toEqual([])
  })
})

describe('MinIO', () => {
  it('keeps what it is given and leaves nothing of it', async () => {
    const minio = await startMinio()
    const admin = s3Admin(minio)
    await admin.createBucket('images')
    await admin.putObject('images', 'docker/a', 'hello')
    await admin.setTags('images', { team: 'one' })
    await admin.setVersioned('images', true)
    await admin.putObject('images', 'docker/a', 'hello again')
    expect(await admin.buckets()).toEqual(['images'])
    expect(await admin.objects('images')).toEqual({ 'docker/a': 11 })
    expect((await admin.object('images', 'docker/a')).toString()).toBe('hello again')
    expect(await admin.tags('images')).toEqual({ team: 'one' })
    expect(await admin.isVersioned('images')).toBe(true)
    expect(await admin.unfinishedUploads('images')).toEqual([])
    expect(await admin.lifecycleRules('images')).toEqual([])
    await expect(admin.setEncryption('images')).rejects.toThrow()
    await expect(admin.deleteBucket('images')).rejects.toMatchObject({ name: 'BucketNotEmpty' })
    await admin.emptyBucket('images')
    await admin.deleteBucket('images')
    expect(await admin.buckets()).toEqual([])
    admin.close()
    expect(await leftAfterStop(minio)).toEqual(nothing)
  })

  it('encrypts and speaks TLS if it is to', async () => {
    const minio = await startMinio({ kms: true, tls: true })
    const admin = s3Admin(minio)
    await admin.createBucket('images')
    expect(await admin.encryption('images')).toBeUndefined()
    await admin.setEncryption('images')
    expect(await admin.encryption('images')).toMatchObject({ SSEAlgorithm: 'AES256' })
    const stranger = s3Admin({ ...minio, authorities: undefined })
    await expect(stranger.buckets()).rejects.toThrow(/certificate/)
    stranger.close()
    admin.close()
    expect(await leftAfterStop(minio)).toEqual(nothing)
  })

  it('has its data after a crash', async () => {
    const minio = await startMinio()
    const admin = s3Admin(minio)
    await admin.createBucket('images')
    await minio.server.kill()
    await minio.server.start()
    expect(await admin.buckets()).toEqual(['images'])
    admin.close()
    await minio.stop()
  })
})

describe('moto', () => {
  let moto: Moto

  beforeAll(async () => {
    moto = await startMoto({ enforcePolicies: true })
  })

  afterAll(async () => {
    expect(await leftAfterStop(moto)).toEqual(nothing)
  })

  it('has a bucket in any region, with nothing set', async () => {
    const admin = s3Admin(moto)
    await admin.createBucket('images', 'eu-west-1')
    expect({
      tags: await admin.tags('images'),
      encryption: await admin.encryption('images'),
      lifecycleRules: await admin.lifecycleRules('images'),
      publicAccessBlock: await admin.publicAccessBlock('images'),
      isVersioned: await admin.isVersioned('images'),
    }).toEqual({
      tags: {},
      encryption: undefined,
      lifecycleRules: [],
      publicAccessBlock: undefined,
      isVersioned: false,
    })
    await admin.setEncryption('images')
    expect(await admin.encryption('images')).toEqual({ SSEAlgorithm: 'AES256' })
    admin.close()
  })

  it('lets users do what their policies say and nothing else', async () => {
    const admin = s3Admin(moto)
    await admin.createBucket('readable')
    await admin.putObject('readable', 'a', 'content')
    const reader = await moto.createUser('reader', {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' }],
    })
    const allowed = s3Admin(reader)
    expect(await allowed.objects('readable')).toEqual({ a: 7 })
    await expect(allowed.createBucket('another')).rejects.toMatchObject({ name: 'AccessDenied' })
    await expect(allowed.tags('readable')).rejects.toMatchObject({ name: 'AccessDenied' })
    for (const [wrong, name] of [
      [{ secretKey: 'wrong' }, 'SignatureDoesNotMatch'],
      [{ accessKey: 'AKIAIOSFODNN7UNKNOWN' }, 'InvalidAccessKeyId'],
    ] as const) {
      const refused = s3Admin({ ...reader, ...wrong })
      await expect(refused.objects('readable')).rejects.toMatchObject({ name })
      refused.close()
    }
    allowed.close()
    admin.close()
  })
})

describe.each(['distribution-3', 'docker-registry-2.8'] as const)('the registry %s', (program) => {
  it('gives back what it took, and deletes it by its digest', async () => {
    const { pod, digest, isSame } = await pushedAndPulled({
      program,
      objects: podObjects(settings()),
    })
    expect(isSame).toBe(true)
    expect(await hasImage(pod, 'team/app:v1')).toBe(true)
    await deleteImage(pod, `team/app@${digest}`)
    expect(await hasImage(pod, 'team/app:v1')).toBe(false)
    expect(await pod.log()).not.toContain('panic')
    expect(await leftAfterStop(pod)).toEqual(nothing)
  })

  it('finds in a claim what another pod has put there', async () => {
    const claim = await mkdtemp(join(tmpdir(), 'claim-'))
    const objects = podObjects(...goldenObjects('a-named-claim').filter(isDeployment), settings())
    const options = { program, objects, claims: { images: claim } }
    const first = await startRegistryPod(options)
    const image = newImage([10, 20])
    await pushImage(first, 'team/app:v1', image)
    await first.stop()
    expect((await stat(join(claim, 'docker/registry/v2'))).isDirectory()).toBe(true)
    const second = await startRegistryPod(options)
    expect(isSameImage(image, await pullImage(second, 'team/app:v1'))).toBe(true)
    await second.stop()
    await rm(claim, { recursive: true })
  })

  it('reaches a storage behind TLS by nothing but what its pod is given', async () => {
    const minio: S3Server = await startMinio({ tls: true })
    const { endpoint, accessKey, secretKey, authorities = '' } = minio
    const admin = s3Admin(minio)
    await admin.createBucket('images')
    const [deployment] = goldenObjects('s3-at-an-endpoint-with-its-own-authorities', {
      'https://minio.example.com:9000': endpoint,
    }).filter(isDeployment)
    if (deployment === undefined) throw new Error('The case has no Deployment')
    const credentials = `[default]\naws_access_key_id = ${accessKey}\naws_secret_access_key = ${secretKey}\n`
    const certificates: Manifest = {
      kind: 'ConfigMap',
      metadata: { name: 'image-registry-certificates' },
      data: { 'storage-ca-bundle.pem': authorities },
    }
    const objects = podObjects(deployment, certificates, settings({ credentials }))
    const { pod, isSame } = await pushedAndPulled({ program, objects }, authorities)
    expect(isSame).toBe(true)
    expect(Object.values(await admin.objects('images'))).toContain(12 * 1024 * 1024)
    expect(await admin.unfinishedUploads('images')).toEqual([])
    await pod.stop()

    const stranger = podObjects(
      deployment,
      { ...certificates, data: {} },
      settings({ credentials }),
    )
    const distrustful = await startRegistryPod({ program, objects: stranger })
    await expect(pushImage(distrustful, 'team/app:v2', newImage([10]))).rejects.toThrow(/50\d/)
    await distrustful.stop()
    admin.close()
    await minio.stop()
  })
})

describe('the pod of a registry', () => {
  const objects = podObjects(settings())

  /** The container's own view, as the kernel has it. */
  const seen = (pid: number | undefined, ...path: ReadonlyArray<string>): string =>
    join(`/proc/${pid}`, ...path)

  it('has the variables and the files of its container, and none of this machine', async () => {
    const pod = await startRegistryPod({
      program: 'distribution-3',
      objects,
      token: 'the token of the test',
    })
    const pid = pod.server.pid()
    const variables = readFileSync(seen(pid, 'environ'), 'utf8').split('\0')
    expect(variables).toContain('REGISTRY_STORAGE=filesystem')
    expect(variables).toContain('REGISTRY_HTTP_SECRET=a secret of the test')
    expect(variables).toContain(`REGISTRY_HTTP_ADDR=127.0.0.1:${pod.port}`)
    expect(variables.join(' ')).not.toMatch(/VITEST|EXIT_WHEN_STDIN_CLOSES|NODE_/)
    const file = (path: string): string => readFileSync(seen(pid, 'root', path), 'utf8')
    expect(file('/var/run/secrets/openshift/serviceaccount/token')).toBe('the token of the test')
    expect(file('/etc/secrets/tls.crt')).toContain('BEGIN CERTIFICATE')
    expect(readlinkSync(seen(pid, 'root/etc/pki/tls/certs/ca-bundle.crt'))).toBe(
      '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
    )
    expect(file('/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem')).toContain('the service CA')
    expect(readdirSync(seen(pid, 'root/etc/pki/ca-trust/extracted')).sort()).toEqual([
      'edk2',
      'java',
      'openssl',
      'pem',
    ])
    expect(existsSync(seen(pid, 'root/home'))).toBe(false)
    expect(existsSync(seen(pid, 'root/etc/ssl'))).toBe(false)
    await pod.stop()
  })

  it('can write to volumes that are to be written to, and to nothing else', async () => {
    const pod = await startRegistryPod({ program: 'distribution-3', objects })
    const mounts = readFileSync(seen(pod.server.pid(), 'mounts'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' '))
    const isReadOnly = (path: string): boolean | undefined =>
      mounts
        .find(([, target]) => target === path)?.[3]
        ?.split(',')
        .includes('ro')
    expect(
      ['/', '/etc/secrets', '/etc/pki/ca-trust/source/anchors', '/var/lib/kubelet'].map(isReadOnly),
    ).toEqual([true, true, true, true])
    expect(['/registry', '/etc/pki/ca-trust/extracted'].map(isReadOnly)).toEqual([false, false])
    await pod.stop()
  })

  it('does not start without an object that it needs', async () => {
    const without = objects.filter(({ kind }) => kind !== 'Secret')
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('registry-pod-'))
    await expect(startRegistryPod({ program: 'distribution-3', objects: without })).rejects.toThrow(
      'there is no Secret image-registry-private-configuration',
    )
    const after = readdirSync(tmpdir()).filter((name) => name.startsWith('registry-pod-'))
    expect(after.filter((name) => !before.includes(name))).toEqual([])
  })

  it('says how a registry ended that could not start', async () => {
    const broken = podObjects(
      ...goldenObjects(PLAINEST, { 'value: filesystem': 'value: tape' }).filter(isDeployment),
      settings(),
    )
    await expect(startRegistryPod({ program: 'distribution-3', objects: broken })).rejects.toThrow(
      /ended at its start[^]*panic: .*tape/,
    )
  })
})
