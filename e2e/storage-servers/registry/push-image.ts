import { digestOf, type Image } from './image'
import { MANIFEST_TYPE, manifestOf, partsOfName } from './image-manifest'
import { demandOfRegistry, type RegistryAccess } from './registry-request'

/** Clients send large layers in pieces, and a registry has to take up where it was. */
const PIECE_BYTES = 5 * 1024 * 1024

const location = (headers: Readonly<{ location?: string | undefined }>): string => {
  if (headers.location === undefined) throw new Error('The registry did not say where to go on')
  return headers.location
}

const pushBlob = async (
  registry: RegistryAccess,
  repository: string,
  content: Buffer,
): Promise<void> => {
  const url = `/v2/${repository}/blobs/uploads/`
  const begun = await demandOfRegistry(registry, { method: 'POST', url }, 202)
  let next = location(begun.headers)
  for (let start = 0; start < content.length; start += PIECE_BYTES) {
    const body = content.subarray(start, start + PIECE_BYTES)
    const headers = {
      'content-type': 'application/octet-stream',
      'content-range': `${start}-${start + body.length - 1}`,
    }
    const taken = await demandOfRegistry(
      registry,
      { method: 'PATCH', url: next, headers, body },
      202,
    )
    next = location(taken.headers)
  }
  const end = new URL(next, registry.url)
  end.searchParams.set('digest', digestOf(content))
  await demandOfRegistry(registry, { method: 'PUT', url: end.href, body: Buffer.alloc(0) }, 201)
}

/** Pushes an image under a name such as `team/app:v1`; returns the digest of its manifest. */
export const pushImage = async (
  registry: RegistryAccess,
  name: string,
  image: Image,
): Promise<string> => {
  const { repository, reference } = partsOfName(name)
  for (const content of [...image.layers, image.config])
    await pushBlob(registry, repository, content)
  const body = manifestOf(image)
  const url = `/v2/${repository}/manifests/${reference}`
  const headers = { 'content-type': MANIFEST_TYPE }
  await demandOfRegistry(registry, { method: 'PUT', url, headers, body }, 201)
  return digestOf(body)
}
