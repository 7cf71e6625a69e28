// Put in by scripts/bundle.mjs; when run from source there is no version.
declare const IMAGE_REGISTRY_OPERATOR_VERSION: string | undefined

/** Version of this build, from package.json. */
export const VERSION: string =
  typeof IMAGE_REGISTRY_OPERATOR_VERSION === 'string'
    ? IMAGE_REGISTRY_OPERATOR_VERSION
    : '0.0.0-source'

/** What every request says who it is from. */
export const USER_AGENT = `image-registry-operator/${VERSION}`
