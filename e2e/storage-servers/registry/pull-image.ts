import type { Image } from './image'
import { type ImageManifest, MANIFEST_TYPE, partsOfName } from './image-manifest'
import { askRegistry, demandOfRegistry, type RegistryAccess } from './registry-request'

const pullBlob = async (
  registry: RegistryAccess,
  repository: string,
  digest: string,
): Promise<Buffer> => {
  const url = `/v2/${repository}/blobs/${digest}`
  return (await demandOfRegistry(registry, { method: 'GET', url }, 200)).body
}

/** The image of a name such as `team/app:v1`, as the registry gives it, following where it redirects to. */
export const pullImage = async (registry: RegistryAccess, name: string): Promise<Image> => {
  const { repository, reference } = partsOfName(name)
  const url = `/v2/${repository}/manifests/${reference}`
  const headers = { accept: MANIFEST_TYPE }
  const { body } = await demandOfRegistry(registry, { method: 'GET', url, headers }, 200)
  const manifest = JSON.parse(body.toString('utf8')) as ImageManifest
  const blob = ({ digest }: Readonly<{ digest: string }>): Promise<Buffer> =>
    pullBlob(registry, repository, digest)
  return {
    config: await blob(manifest.config),
    layers: await Promise.all(manifest.layers.map(blob)),
  }
}

/** Whether the registry has an image of this name. */
export const hasImage = async (registry: RegistryAccess, name: string): Promise<boolean> => {
  const { repository, reference } = partsOfName(name)
  const url = `/v2/${repository}/manifests/${reference}`
  const asked = { method: 'HEAD', url, headers: { accept: MANIFEST_TYPE } }
  const { status } = await askRegistry(registry, asked)
  if (status !== 200 && status !== 404) throw new Error(`HEAD ${url}: ${status}`)
  return status === 200
}

/** Deletes the image of a name such as `team/app@sha256:…`; fails if there is none. */
export const deleteImage = async (registry: RegistryAccess, name: string): Promise<void> => {
  const { repository, reference } = partsOfName(name)
  const url = `/v2/${repository}/manifests/${reference}`
  await demandOfRegistry(registry, { method: 'DELETE', url }, 202)
}
