/** Why there is no image. */
export type OciError =
  /** A path that leaves the image, starts with a slash, or is no path at all. Cured by another path. */
  | { readonly _tag: 'BadPath'; readonly path: string }
  /** Two entries of one layer have the same path. Cured by leaving one of them out. */
  | { readonly _tag: 'PathTwice'; readonly path: string }
  /** A name that not every tool would read the same. Cured by registry, name and tag in full. */
  | { readonly _tag: 'BadReference'; readonly reference: string }
  /** There is nothing to put into the archive. Cured by an image. */
  | { readonly _tag: 'NoImages' }
  /** Two images for one platform: nobody could tell which one to run. Cured by leaving one of them out. */
  | { readonly _tag: 'PlatformTwice'; readonly platform: string }
  /** What should be a tar archive cannot be read as one. Cured by getting it anew. */
  | { readonly _tag: 'NoTar'; readonly cause: unknown }
  /** The file cannot be written; the cause says why. */
  | { readonly _tag: 'CannotWrite'; readonly path: string; readonly cause: unknown }

const textOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

/** What is wrong and what to do, in one line. */
export const describeOciError = (error: OciError): string => {
  switch (error._tag) {
    case 'BadPath':
      return `${JSON.stringify(error.path)} is no path inside of an image; write it from the root, without a slash before it`
    case 'PathTwice':
      return `${error.path} is in one layer twice; leave one of them out`
    case 'BadReference':
      return `${JSON.stringify(error.reference)} does not say registry, name and tag; write e.g. registry.example/tools/program:1.0`
    case 'NoImages':
      return 'no image is given; name a platform'
    case 'PlatformTwice':
      return `there are two images for ${error.platform}; leave one of them out`
    case 'NoTar':
      return `it is no tar archive (${textOf(error.cause)}); get it anew`
    case 'CannotWrite':
      return `${error.path} cannot be written (${textOf(error.cause)}); check the folder`
  }
}
