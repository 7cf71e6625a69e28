import type { GivenObject } from './pod-spec'

/** The entries of a Secret or a ConfigMap, as the bytes that a pod would see. */
export type Entries = Readonly<Record<string, Buffer>>

const mapped = (
  entries: Readonly<Record<string, string>> | undefined,
  encoding: 'base64' | 'utf8',
): Entries =>
  Object.fromEntries(
    Object.entries(entries ?? {}).map(([key, text]) => [key, Buffer.from(text, encoding)]),
  )

const entriesOf = ({ kind, data, stringData, binaryData }: GivenObject): Entries => ({
  ...mapped(data, kind === 'Secret' ? 'base64' : 'utf8'),
  ...mapped(stringData, 'utf8'),
  ...mapped(binaryData, 'base64'),
})

/** What a pod refers to. */
export type ObjectName = Readonly<{
  kind: 'Secret' | 'ConfigMap'
  name: string
  optional: boolean | undefined
}>

/** The entries of the object of that name; none if it is not there and need not be. Otherwise the pod cannot start. */
export const objectEntries = (
  objects: ReadonlyArray<GivenObject>,
  { kind, name, optional = false }: ObjectName,
): Entries => {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name)
  if (found !== undefined) return entriesOf(found)
  if (optional) return {}
  throw new Error(`The pod cannot start: there is no ${kind} ${name}`)
}
