import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import {
  describeOciError,
  type Entry,
  file,
  image,
  type ImageConfig,
  layer,
  ociArchive,
  type OciError,
  writeArchive,
} from '@image-registry-operator/oci-image'

import { installOnce, toStderr } from '../storage-servers/installed/install-once'
import { registryProgram } from '../storage-servers/registry/registry-program'
import type { NodePrograms } from './node-programs'

/** What holds the namespaces of every pod. */
export const PAUSE_IMAGE = 'registry.k8s.io/pause:3'

/** A server that says what it sees from inside of its container (see programs/probe/main.go). */
const PROBE_IMAGE = 'localhost/probe:1'

/** The registry by the name that Docker has for it. */
const REGISTRY_IMAGE = 'docker.io/library/registry:3'

/** The same by the name that `install` gives it. */
const INSTALLED_REGISTRY_IMAGE = 'docker.io/library/registry:3.1.2'

type StaticImage = Readonly<{
  references: ReadonlyArray<string>
  /** Path of a program that needs no library. */
  program: string
  /** Where it lies in the image. */
  path: string
  config: ImageConfig
  files?: ReadonlyArray<Entry>
}>

const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64'

const expected = <A>(made: Either<OciError, A>): A => {
  if (made._tag === 'Left') throw new Error(describeOciError(made.left))
  return made.right
}

type Either<E, A> = Readonly<{ _tag: 'Left'; left: E }> | Readonly<{ _tag: 'Right'; right: A }>

const write = async (
  { references, program, path, config, files = [] }: StaticImage,
  target: string,
): Promise<void> => {
  const content = await readFile(program)
  const only = expected(await layer(path, [file(path, content, { mode: 0o755 }), ...files])())
  const one = image({ os: 'linux', architecture }, config, [only])
  expected(await writeArchive(target)(expected(ociArchive([one], references)))())
}

/** To compress a program takes seconds, so archives are kept. */
const archiveOf = async (wanted: StaticImage): Promise<string> => {
  const folder = await installOnce({
    name: `image-${wanted.path.split('/').at(-1)}`,
    // The path of a program names its version.
    key: [wanted.program, JSON.stringify(wanted)],
    tools: [],
    fill: (unfinished) => write(wanted, join(unfinished, 'image.tar')),
    onProgress: toStderr,
  })
  return join(folder, 'image.tar')
}

const registryConfiguration = `version: 0.1
log: { level: info }
storage:
  filesystem: { rootdirectory: /var/lib/registry }
  delete: { enabled: true }
http: { addr: ':5000' }
`

/** The registry of today with the layout of its stock image. */
export const registryArchive = async (): Promise<string> =>
  archiveOf({
    references: [REGISTRY_IMAGE, INSTALLED_REGISTRY_IMAGE],
    program: await registryProgram('distribution-3'),
    path: 'bin/registry',
    config: {
      entrypoint: ['/bin/registry'],
      command: ['serve', '/etc/distribution/config.yml'],
      // Otherwise it sends traces to a port where nobody listens.
      environment: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', OTEL_TRACES_EXPORTER: 'none' },
      ports: ['5000/tcp'],
      volumes: ['/var/lib/registry'],
    },
    files: [file('etc/distribution/config.yml', registryConfiguration)],
  })

export const pauseArchive = ({ own }: NodePrograms): Promise<string> =>
  archiveOf({
    references: [PAUSE_IMAGE],
    program: own('pause'),
    path: 'pause',
    config: { entrypoint: ['/pause'], user: '65535:65535' },
  })

export const probeArchive = ({ own }: NodePrograms): Promise<string> =>
  archiveOf({
    references: [PROBE_IMAGE],
    program: own('probe'),
    path: 'probe',
    config: { entrypoint: ['/probe'], ports: ['8080/tcp'] },
  })
