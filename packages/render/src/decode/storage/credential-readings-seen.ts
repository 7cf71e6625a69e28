import {
  type CredentialReading,
  isJsonObject,
  type Json,
  type KubeObject,
  names,
} from '../../model'
import { certificateReadings, type ReadCertificate } from '../certificates/certificate-readings'
import { credentialReadings, type ReadYaml } from './credential-readings'
import { userReadings } from '../access/user-readings'

/** What the core cannot do itself. */
export type ReadingDeps = {
  readonly readYaml: ReadYaml
  readonly readCertificate: ReadCertificate
  /** The text that a base64 text stands for. */
  readonly decodeBase64: (text: string) => string
}

type Texts = { readonly [key: string]: string }

type Readings = { readonly [key: string]: CredentialReading }

/** What is read of the Secrets of our namespace, by their names. */
const READERS: { readonly [name: string]: (deps: ReadingDeps) => (texts: Texts) => Readings } = {
  [names.USER_CREDENTIALS_SECRET]: ({ readYaml }) => credentialReadings(readYaml),
  [names.MINTED_CREDENTIALS_SECRET]: ({ readYaml }) => credentialReadings(readYaml),
  [names.SERVING_CERTIFICATE_SECRET]: ({ readCertificate }) => certificateReadings(readCertificate),
  [names.USERS_SECRET]: () => userReadings,
  [names.SIGNER_SECRET]: ({ readCertificate }) => certificateReadings(readCertificate),
}

const readerOf = ({ apiVersion, kind, metadata }: KubeObject) =>
  apiVersion === 'v1' &&
  kind === 'Secret' &&
  metadata.namespace === names.REGISTRY_NAMESPACE &&
  Object.hasOwn(READERS, metadata.name)
    ? READERS[metadata.name]
    : undefined

/**
 * A Secret of credentials or certificates as it comes from the cluster, with what its documents say that is no secret beside
 * its values: these are taken out of it right afterwards (see `redact`). Every other object is returned as it is, and so is a
 * Secret that has it already.
 */
export const withCredentialReadings =
  (deps: ReadingDeps) =>
  (object: KubeObject): KubeObject => {
    const reader = readerOf(object)
    if (reader === undefined || isJsonObject(object['seen'])) return object
    const seen = reader(deps)({
      ...texts(object['data'], deps.decodeBase64),
      ...texts(object['stringData'], (text) => text),
    })
    return Object.keys(seen).length === 0 ? object : { ...object, seen }
  }

const texts = (values: Json | undefined, decode: (text: string) => string): Texts =>
  Object.fromEntries(
    Object.entries(isJsonObject(values) ? values : {}).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, decode(value)]] : [],
    ),
  )
