import { isJsonObject, type KubeObject } from '@image-registry-operator/render/model'

/** Something that people get to see, and its name. */
type Shown = { readonly where: string; readonly text: string }

/** Shorter values stand in many texts by chance. */
const SHORTEST = 12

/** Entries of Secrets that are no secret: certificates, and who and where somebody is. */
const PUBLIC =
  /(\.crt|\.pem|s3_accesskey|access_key_id|_id|_?region|_?resourcegroup|_?resource_prefix|_?endpoint|_?username|^username|_name|_?container|_?bucket|role_arn|cloud|type|^namespace|^service-ca)$/i

/** What stands in credentials behind a name that says that it is secret. */
const NAMED =
  /(?:secret|password|passwd|private_key|access_key|client_key|token)["']?[ \t]*[:=][ \t]*["']?((?!https?:)[^"'\s,}]+)/gi

const decoded = (value: unknown): string =>
  typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : ''

/** A key in PEM is one as well without its first and last line. What stands further down may be the public half. */
const keyLines = (text: string): ReadonlyArray<string> =>
  text
    .split(/\\n|\n/)
    .filter((line) => /^[A-Za-z0-9+/=]{40,}$/.test(line))
    .slice(0, 2)

const partsOf = (text: string): ReadonlyArray<string> => [
  text,
  text.trim(),
  ...[...text.matchAll(NAMED)].map(([, part = '']) => part),
  ...(text.includes('PRIVATE KEY') ? keyLines(text) : []),
]

/** The secret values of Secrets, and what of them is secret by itself. */
const secretValues = (objects: ReadonlyArray<KubeObject>): ReadonlyArray<string> => {
  const entries = objects
    .filter(({ kind }) => kind === 'Secret')
    .flatMap(({ data }) => (isJsonObject(data) ? Object.entries(data) : []))
    .filter(([key]) => !PUBLIC.test(key))
  const values = entries.flatMap(([, value]) => partsOf(decoded(value)))
  return [...new Set(values)].filter((value) => value.length >= SHORTEST)
}

/** How a text looks in the middle of something that was encoded as a whole, wherever it begins there. */
const inBase64 = (value: string): ReadonlyArray<string> =>
  [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value)])
    // The signs at either end also depend on what stands beside it.
    return bytes.toString('base64').slice(before === 0 ? 0 : before + 1, -4)
  })

const formsOf = (value: string): ReadonlyArray<string> => [
  value,
  JSON.stringify(value).slice(1, -1),
  encodeURIComponent(value),
  Buffer.from(value).toString('hex'),
  ...inBase64(value).filter((form) => form.length >= SHORTEST),
]

/** Where a secret value stands, as it is or encoded; never the value. */
const leaksIn = (
  values: ReadonlyArray<string>,
  shown: ReadonlyArray<Shown>,
): ReadonlyArray<string> => {
  const forms = values.map(formsOf)
  return shown.flatMap(({ where, text }) =>
    forms.flatMap((all, index) => {
      const form = all.find((one) => text.includes(one))
      if (form === undefined) return []
      const around = text.slice(Math.max(0, text.indexOf(form) - 60), text.indexOf(form))
      return [`${where} holds secret value ${index} behind: ${around}`]
    }),
  )
}

/** `spec.httpSecret` of a Config is written there in clear text by whoever wants it so: elsewhere it is secret. */
const withoutOwn = (object: KubeObject): KubeObject => {
  const { spec } = object
  if (object.kind !== 'Config' || !isJsonObject(spec)) return object
  const { httpSecret: _, ...others } = spec
  return { ...object, spec: others }
}

/** The original operator writes the HTTP secret in clear text into its pods, where it stays until they are replaced. */
const OF_THE_ORIGINAL = /(\{"name":"REGISTRY_HTTP_SECRET","value":")[^"]*/g

/** What everybody who may look into a cluster sees of it: everything but Secrets. */
const shownObjects = (objects: ReadonlyArray<KubeObject>): ReadonlyArray<Shown> =>
  objects
    .filter(({ kind }) => kind !== 'Secret')
    .map((object) => ({
      where: `${object.kind} ${object.metadata.name}`,
      text: JSON.stringify(withoutOwn(object)).replace(OF_THE_ORIGINAL, '$1'),
    }))

/** Where a value of a Secret stands outside of Secrets: in an Event, in a status, in any other object, or in one of the texts. */
export const leaksOf = (
  objects: ReadonlyArray<KubeObject>,
  texts: { readonly [where: string]: string },
): ReadonlyArray<string> =>
  leaksIn(secretValues(objects), [
    ...Object.entries(texts).map(([where, text]) => ({ where, text })),
    ...shownObjects(objects),
  ])
