import { isJsonArray, isJsonObject, type JsonObject } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import type { Document } from 'yaml'

import { inputProblem, type InputProblem } from './input-problem'
import { jsonFault, showPlace, type Fault } from './json-fault'
import { LIMITS } from './limits'
import type { InputFile } from './read-files'
import { withoutContent, yamlDocuments } from './yaml-documents'

/** A manifest, and where it stands. */
export type Manifest = { readonly value: JsonObject; readonly where: string }

export type Parsed = E.Either<InputProblem, Manifest>

const REMEDY = 'correct the file: kubectl get -o yaml prints what is expected'

const faultIn =
  (text: string, where: string) =>
  ({ message, remedy, offset }: Fault): InputProblem =>
    inputProblem(where, `${message} at ${showPlace(text, offset)}`, remedy)

const valueOf = (document: Document, where: string): E.Either<InputProblem, unknown> =>
  E.tryCatch(
    (): unknown => document.toJS({ maxAliasCount: LIMITS.aliases }),
    (cause) =>
      inputProblem(
        where,
        `it cannot be expanded (${withoutContent(cause instanceof Error ? cause.message : '')})`,
        'write repeated values out instead of using aliases',
      ),
  )

const DISCOVERY = 'APIGroupDiscoveryList'

/** `List` and `SecretList` alike; items of the latter may leave out what they are. */
const itemsOf = (list: JsonObject): ReadonlyArray<unknown> | undefined => {
  const { kind, apiVersion, items } = list
  if (typeof kind !== 'string' || !kind.endsWith('List') || kind === DISCOVERY) return undefined
  if (!isJsonArray(items)) return undefined
  const itemKind = kind.slice(0, -'List'.length)
  return itemKind === '' || apiVersion === undefined
    ? items
    : items.map((item) => (isJsonObject(item) ? { apiVersion, kind: itemKind, ...item } : item))
}

const hasName = ({ kind, metadata }: JsonObject): boolean =>
  kind === DISCOVERY || (isJsonObject(metadata) && typeof metadata['name'] === 'string')

const checked = (value: unknown, where: string): Parsed => {
  if (!isJsonObject(value))
    return E.left(inputProblem(where, 'it is not a Kubernetes object', REMEDY))
  const missing = ['apiVersion', 'kind'].find((field) => typeof value[field] !== 'string')
  if (missing !== undefined)
    return E.left(inputProblem(where, 'must be a text, as every object has it', REMEDY, missing))
  return hasName(value)
    ? E.right({ value, where })
    : E.left(inputProblem(where, 'must be a text, as every object has it', REMEDY, 'metadata.name'))
}

const flattened = (value: unknown, where: string): ReadonlyArray<Parsed> => {
  const items = isJsonObject(value) ? itemsOf(value) : undefined
  return items === undefined
    ? [checked(value, where)]
    : items.flatMap((item, index) => flattened(item, `${where}[${index}]`))
}

const parsedYaml = ({ name, text }: InputFile): ReadonlyArray<Parsed> =>
  Array.from(yamlDocuments(text), (document, index): ReadonlyArray<Parsed> => {
    const where = `${name}:${index + 1}`
    return pipe(
      document,
      E.mapLeft(faultIn(text, where)),
      E.flatMap((one) => valueOf(one, where)),
      E.match(
        (problem): ReadonlyArray<Parsed> => [E.left(problem)],
        (value) => flattened(value, where),
      ),
    )
  }).flat()

const parsedJson = (text: string): E.Either<unknown, unknown> =>
  E.tryCatch((): unknown => JSON.parse(text), E.toError)

/** JSON is YAML too, but large snapshots are read much faster, and in less memory, this way. */
const parsedAsJson = (file: InputFile): ReadonlyArray<Parsed> =>
  pipe(
    jsonFault(file.text),
    O.match(
      () =>
        pipe(
          parsedJson(file.text),
          E.match(
            () => parsedYaml(file),
            (value) =>
              (isJsonArray(value) ? value : [value]).flatMap((item) =>
                flattened(item, `${file.name}:1`),
              ),
          ),
        ),
      (fault) => [E.left(faultIn(file.text, `${file.name}:1`)(fault))],
    ),
  )

/** The manifests of a file with YAML documents or JSON, lists taken apart. Problems are values, one by one. */
export const parseManifests = (file: InputFile): ReadonlyArray<Parsed> =>
  /^\s*[{[]/.test(file.text) ? parsedAsJson(file) : parsedYaml(file)
