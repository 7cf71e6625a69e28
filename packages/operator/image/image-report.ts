import {
  type Digest,
  type Image,
  imageSize,
  type OciArchive,
} from '@image-registry-operator/oci-image'

/** What has been made. */
export type ImageReport = {
  readonly file: string
  readonly references: ReadonlyArray<string>
  /** What a registry will call it, whichever platform is asked for. */
  readonly digest: Digest
  readonly platforms: ReadonlyArray<{
    readonly platform: string
    readonly digest: Digest
    /** Bytes to fetch, compressed. */
    readonly size: number
  }>
}

export const imageReport = (
  file: string,
  references: ReadonlyArray<string>,
  { digest }: OciArchive,
  images: ReadonlyArray<Image>,
): ImageReport => ({
  file,
  references,
  digest,
  platforms: images.map((made) => ({
    platform: `${made.platform.os}/${made.platform.architecture}`,
    digest: made.manifest.digest,
    size: imageSize(made),
  })),
})

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`

/** The report for people. */
export const imageReportText = ({ file, references, digest, platforms }: ImageReport): string =>
  [
    file,
    ...references.map((reference) => `  ${reference}`),
    `  ${digest}`,
    ...platforms.map((each) => `  ${each.platform}  ${megabytes(each.size)}  ${each.digest}`),
  ]
    .map((line) => `${line}\n`)
    .join('')
