import { type Blob, descriptor, jsonBlob } from './blob'
import type { Layer } from './layer'

/** What an image runs on, by the names that Go has for it. */
export type Platform = { readonly os: 'linux'; readonly architecture: 'amd64' | 'arm64' }

/** How the image is run, where whoever runs it says nothing else. */
export type ImageConfig = {
  readonly entrypoint: ReadonlyArray<string>
  /** What follows the entrypoint. */
  readonly command?: ReadonlyArray<string>
  /** By numbers, `65532:65532`: a kubelet can tell only of numbers that they are not root. */
  readonly user?: string
  readonly workingDirectory?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
  /** Such as `5000/tcp`. */
  readonly ports?: ReadonlyArray<string>
  readonly volumes?: ReadonlyArray<string>
}

/** An image for one platform: its blobs. */
export type Image = {
  readonly platform: Platform
  readonly manifest: Blob
  readonly config: Blob
  readonly layers: ReadonlyArray<Layer>
}

/** Images have no age, as their files have none. */
const CREATED = '1970-01-01T00:00:00Z'

const sorted = (record: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))

/** The form in which sets are written there. */
const set = (names: ReadonlyArray<string>): object =>
  Object.fromEntries([...names].sort().map((name) => [name, {}]))

const runConfig = (config: ImageConfig): object => ({
  ...(config.user === undefined ? {} : { User: config.user }),
  ...(config.ports === undefined ? {} : { ExposedPorts: set(config.ports) }),
  Env: Object.entries(sorted(config.environment ?? {})).map(([name, value]) => `${name}=${value}`),
  Entrypoint: config.entrypoint,
  ...(config.command === undefined ? {} : { Cmd: config.command }),
  ...(config.volumes === undefined ? {} : { Volumes: set(config.volumes) }),
  WorkingDir: config.workingDirectory ?? '/',
  Labels: sorted(config.labels ?? {}),
})

/** An image of these layers, from the lowest to the topmost. */
export const image = (
  platform: Platform,
  config: ImageConfig,
  layers: ReadonlyArray<Layer>,
): Image => {
  const configBlob = jsonBlob('application/vnd.oci.image.config.v1+json', {
    created: CREATED,
    architecture: platform.architecture,
    os: platform.os,
    config: runConfig(config),
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    history: layers.map(({ purpose }) => ({ created: CREATED, created_by: purpose })),
  })
  const mediaType = 'application/vnd.oci.image.manifest.v1+json'
  const manifest = jsonBlob(mediaType, {
    schemaVersion: 2,
    mediaType,
    config: descriptor(configBlob),
    layers: layers.map((each) => descriptor(each.blob)),
  })
  return { platform, manifest, config: configBlob, layers }
}

/** Bytes that a machine fetches to have the image. */
export const imageSize = ({ manifest, config, layers }: Image): number =>
  [manifest, config, ...layers.map((each) => each.blob)].reduce(
    (sum, { content }) => sum + content.length,
    0,
  )
