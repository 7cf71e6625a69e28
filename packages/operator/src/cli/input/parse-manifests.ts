import { isJsonArray, isJsonObject, type JsonObject } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { isScalar, parseAllDocuments, type Document } from 'yaml'

import { inputProblem, type InputProblem } from './input-problem'
import type { InputFile } from './read-files'

/** A manifest, and where it stands. */
export type Manifest = { readonly value: JsonObject; readonly where: string }

export type Parsed = E.Either<InputProblem, Manifest>

/** A document may repeat that many nodes by alias: manifests repeat few, bombs billions. */
const MAX_ALIASES = 100

const REMEDY = 'correct the file: kubectl get -o yaml prints what is expected'

const firstLine = (text: string): string => text.split('\n', 1)[0]?.replace(/[:.]\s*$/, '') ?? ''

const messageOf = (cause: unknown): string =>
  firstLine(cause instanceof Error ? cause.message : String(cause))

const valueOf = (document: Document, where: string): E.Either<InputProblem, unknown> => {
  const error = document.errors[0]
  if (error !== undefined)
    return E.left(inputProblem(where, `it is not YAML (${messageOf(error)})`, REMEDY))
  return E.tryCatch(
    (): unknown => document.toJS({ maxAliasCount: MAX_ALIASES }),
    (cause) =>
      inputProblem(
        where,
        `it cannot be expanded (${messageOf(cause)})`,
        'write repeated values out instead of using aliases',
      ),
  )
}

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

/** A document between two `---` is null, unless something is wrong with it. */
const hasContent = ({ contents, errors }: Document): boolean =>
  errors.length > 0 || !(contents === null || (isScalar(contents) && contents.value === null))

const documentsOf = (text: string): ReadonlyArray<Document> => {
  const documents = parseAllDocuments(text)
  return 'empty' in documents ? [] : documents.filter(hasContent)
}

const parsedJson = (text: string): E.Either<unknown, unknown> =>
  /^\s*[{[]/.test(text) ? E.tryCatch((): unknown => JSON.parse(text), E.toError) : E.left(undefined)

const parsedYaml = ({ name, text }: InputFile): ReadonlyArray<Parsed> =>
  documentsOf(text).flatMap((document, index) => {
    const where = `${name}:${index + 1}`
    return pipe(
      valueOf(document, where),
      E.match(
        (problem): ReadonlyArray<Parsed> => [E.left(problem)],
        (value) => flattened(value, where),
      ),
    )
  })

/** The manifests of a file with YAML documents or JSON, lists taken apart. Problems are values, one by one. */
export const parseManifests = (file: InputFile): ReadonlyArray<Parsed> =>
  pipe(
    // JSON is YAML too, but large snapshots are read much faster this way.
    parsedJson(file.text),
    E.match(
      () => parsedYaml(file),
      (value) =>
        (isJsonArray(value) ? value : [value]).flatMap((item) => flattened(item, `${file.name}:1`)),
    ),
  )
