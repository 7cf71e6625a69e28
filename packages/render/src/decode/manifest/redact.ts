import { digestOfText } from '../../digest'
import { isJsonArray, isJsonObject, type Json, type JsonObject, type KubeObject } from '../../model'

import { digestOfBase64 } from './digest-of-base64'
import { DEEPEST_LIST, listItems } from './list-items'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const DIGEST = /^sha256:[0-9a-f]{64}$/
/** Every member of a list or object. */
const ANY = '*'

// Text is named by its digest. What is no text keeps its kind, so that decoding can say what is wrong, and nothing else.
const hidden =
  (digestOf: (text: string) => string) =>
  (value: Json): Json => {
    if (typeof value === 'string') return DIGEST.test(value) ? value : digestOf(value)
    if (typeof value === 'number') return 0
    if (typeof value === 'boolean') return false
    if (isJsonArray(value)) return []
    return isJsonObject(value) ? {} : null
  }

const hiddenBase64 = hidden(digestOfBase64)
// An empty text means that nothing is set; that must stay visible.
const hiddenText = hidden((text) => (text === '' ? '' : digestOfText(text)))

type Path = readonly [string, ...string[]]

const withMember = (object: JsonObject, key: string, value: Json): JsonObject =>
  object[key] === value ? object : { ...object, [key]: value }

const mapped = (path: ReadonlyArray<string>, hide: (value: Json) => Json, value: Json): Json => {
  const [key, ...rest] = path
  if (key === undefined) return hide(value)
  if (isJsonArray(value)) {
    return key === ANY ? value.map((item) => mapped(rest, hide, item)) : hide(value)
  }
  // A text where the parent of a secret should be may well be the secret.
  if (!isJsonObject(value)) return rest.length === 0 ? hide(value) : value
  const keys = key === ANY ? Object.keys(value) : [key].filter((one) => Object.hasOwn(value, one))
  return keys.reduce(
    (object, one) => withMember(object, one, mapped(rest, hide, object[one] ?? null)),
    value,
  )
}

const inText = (...paths: ReadonlyArray<Path>) =>
  paths.map((path) => (object: JsonObject): JsonObject => {
    const [key, ...rest] = path
    return Object.hasOwn(object, key)
      ? withMember(object, key, mapped(rest, hiddenText, object[key] ?? null))
      : object
  })

const moved = (object: JsonObject): JsonObject => {
  const { stringData, ...others } = object
  if (!isJsonObject(stringData)) return stringData === undefined ? object : others
  const given = Object.entries(stringData).map(([key, value]): [string, Json] => [
    key,
    hidden(digestOfText)(value),
  ])
  const data = isJsonObject(others['data']) ? others['data'] : {}
  return { ...others, data: Object.fromEntries([...Object.entries(data), ...given]) }
}

const inData = (object: JsonObject): JsonObject =>
  Object.hasOwn(object, 'data')
    ? withMember(object, 'data', mapped([ANY], hiddenBase64, object['data'] ?? null))
    : object

// The original operator writes the HTTP secret in clear text into the pod.
const HTTP_SECRET_VARIABLE = 'REGISTRY_HTTP_SECRET'

const hiddenVariable = (variable: Json): Json =>
  isJsonObject(variable) && variable['name'] === HTTP_SECRET_VARIABLE
    ? mapped(['value'], hiddenText, variable)
    : variable

const inVariables =
  (...path: Path) =>
  (object: JsonObject): JsonObject => {
    const [key, ...rest] = path
    const containers = [...rest, 'containers', ANY, 'env', ANY]
    return Object.hasOwn(object, key)
      ? withMember(object, key, mapped(containers, hiddenVariable, object[key] ?? null))
      : object
  }

type Step = (object: JsonObject) => JsonObject

const inPodTemplate: ReadonlyArray<Step> = [inVariables('spec', 'template', 'spec')]

const STEPS: { readonly [kind: string]: ReadonlyArray<Step> } = {
  Secret: [inData, moved],
  Route: inText(
    ['spec', 'tls', 'key'],
    ['spec', 'tls', 'certificate'],
    ['spec', 'tls', 'caCertificate'],
  ),
  Config: inText(['spec', 'httpSecret']),
  Deployment: inPodTemplate,
  ReplicaSet: inPodTemplate,
  Pod: [inVariables('spec')],
}

const stepsOf = (kind: Json | undefined): ReadonlyArray<Step> =>
  typeof kind === 'string' && Object.hasOwn(STEPS, kind) ? (STEPS[kind] ?? []) : []

const withoutLastApplied: Step = (object) => {
  const metadata = object['metadata']
  if (!isJsonObject(metadata) || !isJsonObject(metadata['annotations'])) return object
  const { [LAST_APPLIED]: dropped, ...annotations } = metadata['annotations']
  return dropped === undefined ? object : { ...object, metadata: { ...metadata, annotations } }
}

const redactedObject: Step = (object) =>
  [...stepsOf(object['kind']), withoutLastApplied].reduce((done, step) => step(done), object)

const redactedAt =
  (depth: number): Step =>
  (manifest) => {
    const items = listItems(manifest)
    if (items === undefined) return redactedObject(manifest)
    const inner = (item: Json): Json => (isJsonObject(item) ? redactedAt(depth + 1)(item) : null)
    return { ...manifest, items: depth < DEEPEST_LIST ? items.map(inner) : [] }
  }

/**
 * A manifest, or a List of manifests, with every secret value replaced by its digest. Doing it twice changes
 * nothing more, and what holds no secret is returned as it is.
 */
export const redactManifest: Step = redactedAt(0)

/** The same for one object of the cluster. */
export const redact = (object: KubeObject): KubeObject =>
  // What identifies the object is never touched, so it still is one.
  redactManifest(object) as KubeObject
