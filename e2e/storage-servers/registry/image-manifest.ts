import { digestOf, type Image } from './image'

/** The type of the manifests that are pushed and pulled here. */
export const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json'

type Descriptor = Readonly<{ mediaType: string; digest: string; size: number }>

/** What a manifest says of its image. */
export type ImageManifest = Readonly<{
  schemaVersion: 2
  mediaType: typeof MANIFEST_TYPE
  config: Descriptor
  layers: ReadonlyArray<Descriptor>
}>

const descriptor =
  (mediaType: string) =>
  (content: Buffer): Descriptor => ({
    mediaType,
    digest: digestOf(content),
    size: content.length,
  })

/** The manifest of an image, as it is sent. */
export const manifestOf = ({ config, layers }: Image): Buffer => {
  const manifest: ImageManifest = {
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: descriptor('application/vnd.oci.image.config.v1+json')(config),
    layers: layers.map(descriptor('application/vnd.oci.image.layer.v1.tar')),
  }
  return Buffer.from(JSON.stringify(manifest))
}

/** The repository and the tag or digest of a name such as `team/app:v1` or `team/app@sha256:…`. */
export const partsOfName = (name: string): Readonly<{ repository: string; reference: string }> => {
  const [, repository, reference] = /^([^:@]+)[:@](.+)$/.exec(name) ?? []
  if (repository === undefined || reference === undefined)
    throw new Error(`${name} has no tag and no digest`)
  return { repository, reference }
}
