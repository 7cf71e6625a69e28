import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { type InstalledServer, startInstalledServer } from '../installed/installed-server'
import type { Command } from '../installed/tied-command'
import { programOnPath } from '../installed/tools'
import { imageFiles, imageVariables } from './image-files'
import { type Mount, podRootScript } from './pod-root'
import type { GivenDeployment, GivenObject, PodContainer, PodSpec } from './pod-spec'
import { podVariables } from './pod-variables'
import { makeVolume, type VolumeSources } from './pod-volumes'
import { type RegistryProgram, registryProgram } from './registry-program'
import { askRegistry, type RegistryAccess } from './registry-request'
import type { RegistryUser } from './registry-user'
import { servingCertificate, withCertificate } from './serving-certificate'
import { upstreamVariables } from './upstream-variables'

export type RegistryPodOptions = Readonly<{
  program: RegistryProgram
  /** The Deployment of the registry, with whatever it refers to, as the API server has them. */
  objects: ReadonlyArray<object>
  /** The text of the service account token that is mounted; some text if not given. */
  token?: string
  /** The folders of claims, by the names of the claims: what outlives a pod. Others get a new folder. */
  claims?: Readonly<Record<string, string>>
  /** Who asks it; nobody if not given. */
  user?: RegistryUser
  /** Set over the pod's own variables: for what reaches an emulator only. */
  extraEnvironment?: Readonly<Record<string, string>>
}>

/** A registry that runs as its pod would. */
export type RegistryPod = RegistryAccess &
  Readonly<{
    authorities: string
    /** What it has logged so far. */
    log: () => Promise<string>
  }> &
  InstalledServer

const CONTAINER = 'registry'

// Only the fields of the types are read, and a pod cannot be made of objects without them.
const deploymentIn = (objects: ReadonlyArray<GivenObject>): GivenDeployment => {
  const found = objects.find(({ kind }) => kind === 'Deployment')
  if (found === undefined) throw new Error('There is no Deployment among the objects')
  return found as unknown as GivenDeployment
}

const containerOf = ({ containers }: PodSpec): PodContainer => {
  const found = containers.find(({ name }) => name === CONTAINER)
  if (found === undefined) throw new Error(`The pod has no container ${CONTAINER}`)
  return found
}

const writeImage = async (folder: string, program: string): Promise<ReadonlyArray<Mount>> => {
  for (const [path, content] of Object.entries(imageFiles)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    const mode = path.startsWith('/usr/bin/') ? 0o755 : 0o644
    await writeFile(join(folder, path), content, { mode })
  }
  return [
    ...Object.keys(imageFiles).map((target) => ({
      source: join(folder, target),
      target,
      readOnly: true,
    })),
    { source: program, target: '/usr/bin/registry', readOnly: true },
  ]
}

const volumeMounts = async (
  pod: PodSpec,
  sources: VolumeSources,
  folder: string,
): Promise<ReadonlyArray<Mount>> =>
  Promise.all(
    (containerOf(pod).volumeMounts ?? []).map(async (mount) => {
      const volume = pod.volumes?.find(({ name }) => name === mount.name)
      if (volume === undefined || mount.subPath !== undefined)
        throw new Error(`${mount.mountPath} is mounted from nothing that is known here`)
      const { path, readOnly } = await makeVolume(volume, sources, folder)
      return {
        source: path,
        target: mount.mountPath,
        readOnly: readOnly || mount.readOnly === true,
      }
    }),
  )

/** A mount namespace of one's own, which takes root or the appearance of it. */
const inNamespace = (script: string): Command => {
  const unshare = programOnPath('unshare')
  if (unshare === undefined) throw new Error('No `unshare` on PATH: install util-linux.')
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']
  const args = [...user, '--mount', '--propagation', 'private', '--', '/bin/sh', script]
  return { program: unshare, args }
}

/** Some registries ask who one is before they say anything else. */
const isUp = async (registry: RegistryAccess): Promise<boolean> =>
  [200, 401].includes((await askRegistry(registry, { method: 'GET', url: '/v2/' })).status)

/** Starts the registry with the command, the variables and the volumes of its pod, on 127.0.0.1. */
export const startRegistryPod = async (options: RegistryPodOptions): Promise<RegistryPod> => {
  const { token = 'a service account token', claims = {}, extraEnvironment = {} } = options
  const program = await registryProgram(options.program)
  const certificate = await servingCertificate()
  // Objects of the API, of which others than those of the type's fields are passed over.
  const objects = withCertificate(options.objects as ReadonlyArray<GivenObject>, certificate)
  const pod = deploymentIn(objects).spec.template.spec
  const container = containerOf(pod)
  const variables = podVariables(container, objects)
  const { authorities } = certificate
  const started = await startInstalledServer('registry-pod', async ({ port, folder }) => {
    const root = join(folder, 'root')
    await mkdir(root)
    const mounts = [
      ...(await writeImage(join(folder, 'image'), program)),
      ...(await volumeMounts(pod, { objects, token, claims }, join(folder, 'volumes'))),
    ]
    const isWritable = container.securityContext?.readOnlyRootFilesystem !== true
    const command = [
      ...(container.command ?? ['/usr/bin/dockerregistry']),
      ...(container.args ?? []),
    ]
    const script = join(folder, 'start.sh')
    await writeFile(script, podRootScript({ folder: root, mounts, isWritable }, command))
    return {
      ...inNamespace(script),
      environment: {
        ...imageVariables,
        ...variables,
        ...upstreamVariables(variables, options.program),
        REGISTRY_HTTP_ADDR: `127.0.0.1:${port}`,
        ...extraEnvironment,
      },
      isReady: () => isUp({ url: `https://127.0.0.1:${port}`, authorities }),
    }
  })
  return {
    ...started,
    url: `https://127.0.0.1:${started.port}`,
    authorities,
    ...(options.user === undefined ? {} : { user: options.user }),
    log: () => readFile(started.logPath, 'utf8'),
  }
}
