import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { sha256 } from './blob'
import { type Image, image, imageSize, type Platform } from './image'
import { layer } from './layer'
import { ociArchive, writeArchive } from './oci-archive'
import { tarFiles } from './tar-files'
import { type Entry, file, folder, link } from './tree-entry'

const NAME = 'registry.example/tools/program:1.0'

const base: ReadonlyArray<Entry> = [
  link('bin/program', '../usr/bin/program'),
  file('etc/passwd', 'root:x:0:0::/:\n'),
  folder('tmp', { mode: 0o1777 }),
]
const program: ReadonlyArray<Entry> = [
  file('usr/bin/program', new Uint8Array(100_000).fill(7), { mode: 0o755 }),
  file(`usr/share/${'long/'.repeat(40)}name`, 'long'),
]

const forArchitecture = async (
  architecture: Platform['architecture'],
  lowest: ReadonlyArray<Entry> = base,
): Promise<Image> => {
  const layers = await pipe(
    [layer(`base of ${architecture}`, lowest), layer('program', program)],
    TE.sequenceSeqArray,
  )()
  if (E.isLeft(layers)) throw new Error(layers.left._tag)
  return image(
    { os: 'linux', architecture },
    { entrypoint: ['/bin/program'], user: '65532:65532', environment: { PATH: '/bin', A: 'a' } },
    layers.right,
  )
}

let folderOfTest: string
beforeAll(async () => {
  folderOfTest = await mkdtemp(join(tmpdir(), 'oci-image-'))
})
afterAll(() => rm(folderOfTest, { recursive: true, force: true }))

const written = async (images: ReadonlyArray<Image>, references = [NAME]): Promise<Uint8Array> => {
  const path = join(folderOfTest, 'archive.tar')
  const done = await pipe(
    TE.fromEither(ociArchive(images, references)),
    TE.flatMap(writeArchive(path)),
  )()
  expect(done).toEqual(E.right(undefined))
  return readFile(path)
}

const filesOf = async (archive: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> => {
  const entries = await tarFiles(archive, (path) => path)()
  if (E.isLeft(entries)) throw new Error(entries.left._tag)
  return new Map(
    entries.right.flatMap((entry) => (entry._tag === 'File' ? [[entry.path, entry.content]] : [])),
  )
}

type Descriptor = { readonly mediaType: string; readonly digest: string; readonly size: number }

/** What a descriptor leads to, whose digest and size are as it says. */
const followed = (files: ReadonlyMap<string, Uint8Array>, { digest, size }: Descriptor) => {
  const content = files.get(`blobs/${digest.replace(':', '/')}`) ?? new Uint8Array()
  expect([sha256(content), content.length]).toEqual([digest, size])
  return content
}

const parsed = (content: Uint8Array | undefined) =>
  JSON.parse(new TextDecoder().decode(content)) as {
    readonly manifests: ReadonlyArray<Descriptor>
    readonly config: Descriptor
    readonly layers: ReadonlyArray<Descriptor>
    readonly rootfs: { readonly diff_ids: ReadonlyArray<string> }
  }

describe('an archive of images', () => {
  it('has an index of all platforms, whose blobs are what their digests say', async () => {
    const images = [await forArchitecture('amd64'), await forArchitecture('arm64')]
    const files = await filesOf(await written(images))
    expect(parsed(files.get('oci-layout'))).toEqual({ imageLayoutVersion: '1.0.0' })
    const top = parsed(files.get('index.json'))
    expect(top.manifests).toMatchObject([
      {
        mediaType: 'application/vnd.oci.image.index.v1+json',
        annotations: {
          'io.containerd.image.name': NAME,
          'org.opencontainers.image.ref.name': NAME,
        },
      },
    ])
    const index = parsed(top.manifests[0] && followed(files, top.manifests[0]))
    expect(index.manifests).toMatchObject([
      { platform: { os: 'linux', architecture: 'amd64' } },
      { platform: { os: 'linux', architecture: 'arm64' } },
    ])
    for (const descriptor of index.manifests) {
      const manifest = parsed(followed(files, descriptor))
      const config = parsed(followed(files, manifest.config))
      expect(config).toMatchObject({
        created: '1970-01-01T00:00:00Z',
        config: { User: '65532:65532', Entrypoint: ['/bin/program'], Env: ['A=a', 'PATH=/bin'] },
      })
      expect(config.rootfs.diff_ids).toEqual(
        manifest.layers.map((each) => sha256(gunzipSync(followed(files, each)))),
      )
    }
  })

  it('holds a layer that two images share once', async () => {
    const images = [await forArchitecture('amd64'), await forArchitecture('arm64')]
    const names = [...(await filesOf(await written(images))).keys()]
    // Two files of the layout; index; two manifests; two configurations; two layers, which are those of both.
    expect(names).toHaveLength(2 + 1 + 2 + 2 + 2)
    expect(images.map(imageSize)[0]).toBeGreaterThan(0)
  })

  it('leads from its names to the image itself where there is only one', async () => {
    const only = await forArchitecture('arm64')
    const files = await filesOf(await written([only], [NAME, 'localhost/other:2']))
    expect(parsed(files.get('index.json')).manifests).toMatchObject([
      { digest: only.manifest.digest, annotations: { 'io.containerd.image.name': NAME } },
      { digest: only.manifest.digest, platform: { os: 'linux', architecture: 'arm64' } },
    ])
  })

  it('is the same, byte by byte, whatever order its files come in', async () => {
    const images = [await forArchitecture('amd64', base)]
    const again = [await forArchitecture('amd64', [...base].reverse())]
    expect(sha256(await written(again))).toBe(sha256(await written(images)))
  })

  it('is not there until it is complete', async () => {
    await written([await forArchitecture('amd64')])
    expect(await readdir(folderOfTest)).toEqual(['archive.tar'])
    const nowhere = join(folderOfTest, 'archive.tar', 'below')
    const archive = ociArchive([await forArchitecture('amd64')], [NAME])
    expect(E.isRight(archive) && (await writeArchive(nowhere)(archive.right)())).toMatchObject({
      left: { _tag: 'CannotWrite', path: nowhere },
    })
  })

  it.each([
    'program',
    'program:1.0',
    'docker.io/program',
    'docker.io/Program:1.0',
    'docker.io/tools/program:1.0@sha256:0',
    'https://docker.io/program:1.0',
  ])('is not named %s, which not everybody reads the same', async (reference) => {
    expect(ociArchive([await forArchitecture('amd64')], [reference])).toEqual(
      E.left({ _tag: 'BadReference', reference }),
    )
  })

  it.each(['localhost/program:1', '127.0.0.1:5000/a/b_c/d:v1.0-x', 'registry:5000/program:1'])(
    'may be named %s',
    async (reference) => {
      expect(ociArchive([await forArchitecture('amd64')], [reference])).toMatchObject({
        _tag: 'Right',
      })
    },
  )

  it('needs an image, and of each platform one only', async () => {
    const one = await forArchitecture('amd64')
    expect(ociArchive([], [NAME])).toEqual(E.left({ _tag: 'NoImages' }))
    expect(ociArchive([one, one], [NAME])).toEqual(
      E.left({ _tag: 'PlatformTwice', platform: 'linux/amd64' }),
    )
  })
})

describe('a layer', () => {
  const unpacked = async (entries: ReadonlyArray<Entry>) => {
    const made = await layer('test', entries)()
    if (E.isLeft(made)) throw new Error(made.left._tag)
    return gunzipSync(made.right.blob.content)
  }

  it('keeps modes, owners, links and long names, and has the folders above', async () => {
    const { extract } = await import('tar-stream')
    const headers: Array<unknown> = []
    const reader = extract()
    reader.end(
      await unpacked([...program, file('owned/by', '', { owner: { uid: 7, gid: 8 } }), ...base]),
    )
    for await (const entry of reader) {
      const { name, mode, uid, gid, mtime, type, linkname } = entry.header
      if (!name.includes('/long'))
        headers.push([name, type, mode.toString(8), uid, gid, mtime.getTime(), linkname])
      entry.resume()
    }
    expect(headers).toEqual([
      ['bin/', 'directory', '755', 0, 0, 0, null],
      ['bin/program', 'symlink', '777', 0, 0, 0, '../usr/bin/program'],
      ['etc/', 'directory', '755', 0, 0, 0, null],
      ['etc/passwd', 'file', '644', 0, 0, 0, null],
      ['owned/', 'directory', '755', 0, 0, 0, null],
      ['owned/by', 'file', '644', 7, 8, 0, null],
      ['tmp/', 'directory', '1777', 0, 0, 0, null],
      ['usr/', 'directory', '755', 0, 0, 0, null],
      ['usr/bin/', 'directory', '755', 0, 0, 0, null],
      ['usr/bin/program', 'file', '755', 0, 0, 0, null],
      ['usr/share/', 'directory', '755', 0, 0, 0, null],
    ])
    const files = await filesOf(await unpacked(program))
    expect([...files.keys()].at(-1)).toBe(`usr/share/${'long/'.repeat(40)}name`)
  })

  it.each(['/etc/passwd', '../passwd', 'etc/../../passwd', 'etc//passwd', 'etc/', '', 'a\0b'])(
    'has nothing at %j',
    async (path) => {
      expect(await layer('test', [file(path, '')])()).toEqual(E.left({ _tag: 'BadPath', path }))
    },
  )

  it('has nothing twice', async () => {
    const entries = [file('etc/passwd', 'a'), file('etc/passwd', 'b')]
    expect(await layer('test', entries)()).toEqual(
      E.left({ _tag: 'PathTwice', path: 'etc/passwd' }),
    )
  })
})

describe('a tar archive', () => {
  it('is read where its files are wanted, at the places that they are given', async () => {
    const made = await layer('test', [...base, ...program])()
    if (E.isLeft(made)) throw new Error(made.left._tag)
    const entries = await tarFiles(gunzipSync(made.right.blob.content), (path) =>
      path.startsWith('usr/bin/') || path.startsWith('bin/') ? `opt/${path}` : undefined,
    )()
    expect(entries).toMatchObject({
      right: [
        { _tag: 'Link', path: 'opt/bin/program', target: '../usr/bin/program' },
        { _tag: 'File', path: 'opt/usr/bin/program', mode: 0o755 },
      ],
    })
  })

  it('that is none is refused', async () => {
    expect(await tarFiles(new Uint8Array(2000).fill(1), (path) => path)()).toMatchObject({
      left: { _tag: 'NoTar' },
    })
  })
})
