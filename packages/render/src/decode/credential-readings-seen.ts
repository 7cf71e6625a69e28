import { isJsonObject, type Json, type KubeObject, names } from '../model'
import { credentialReadings, type ReadYaml } from './credential-readings'

/** What the core cannot do itself. */
export type ReadingDeps = {
  readonly readYaml: ReadYaml
  /** The text that a base64 text stands for. */
  readonly decodeBase64: (text: string) => string
}

const CREDENTIALS: ReadonlyArray<string> = [
  names.USER_CREDENTIALS_SECRET,
  names.MINTED_CREDENTIALS_SECRET,
]

const isCredentials = ({ apiVersion, kind, metadata }: KubeObject): boolean =>
  apiVersion === 'v1' &&
  kind === 'Secret' &&
  metadata.namespace === names.REGISTRY_NAMESPACE &&
  CREDENTIALS.includes(metadata.name)

/**
 * A Secret of credentials as it comes from the cluster, with what its documents say that is no secret beside its values:
 * these are taken out of it right afterwards (see `redact`). Every other object is returned as it is, and so is a Secret that
 * has it already.
 */
export const withCredentialReadings =
  ({ readYaml, decodeBase64 }: ReadingDeps) =>
  (object: KubeObject): KubeObject => {
    if (!isCredentials(object) || isJsonObject(object['seen'])) return object
    const seen = credentialReadings(readYaml)({
      ...texts(object['data'], decodeBase64),
      ...texts(object['stringData'], (text) => text),
    })
    return Object.keys(seen).length === 0 ? object : { ...object, seen }
  }

const texts = (
  values: Json | undefined,
  decode: (text: string) => string,
): { readonly [key: string]: string } =>
  Object.fromEntries(
    Object.entries(isJsonObject(values) ? values : {}).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, decode(value)]] : [],
    ),
  )
