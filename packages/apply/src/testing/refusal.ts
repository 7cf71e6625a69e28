import type { Json, JsonObject } from '@image-registry-operator/render/model'

import { qualifiedKind, qualifiedName, type Resource } from './resources'

export type FieldProblem = {
  readonly field: string
  readonly reason: string
  readonly message: string
}

/** An answer that says no. */
export type Refusal = {
  readonly _tag: 'Refusal'
  readonly code: number
  readonly reason: string
  readonly message: string
  readonly causes: ReadonlyArray<FieldProblem>
}

const refusal = (code: number, reason: string, message: string): Refusal => ({
  _tag: 'Refusal',
  code,
  reason,
  message,
  causes: [],
})

export const notFound = (resource: Resource, name: string): Refusal =>
  refusal(404, 'NotFound', `${qualifiedName(resource)} "${name}" not found`)

/** Nothing is served at that path. */
export const nothingThere: Refusal = refusal(
  404,
  'NotFound',
  'the server could not find the requested resource',
)

export const alreadyExists = (resource: Resource, name: string): Refusal =>
  refusal(409, 'AlreadyExists', `${qualifiedName(resource)} "${name}" already exists`)

export const modified = (resource: Resource, name: string): Refusal =>
  refusal(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualifiedName(resource)} "${name}": the object has been modified; please apply your changes to the latest version and try again`,
  )

export const preconditionFailed = (resource: Resource, name: string, what: string): Refusal =>
  refusal(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualifiedName(resource)} "${name}": Precondition failed: ${what}`,
  )

export const applyConflict = (causes: ReadonlyArray<FieldProblem>): Refusal => ({
  ...refusal(
    409,
    'Conflict',
    `Apply failed with ${causes.length} conflict${causes.length === 1 ? '' : 's'}: ${causes.map(({ message, field }) => `${message}: ${field}`).join(', ')}`,
  ),
  causes,
})

/** A JSON patch that does not fit the object, or whose test fails. */
export const unfitPatch: Refusal = refusal(
  422,
  'Invalid',
  'the server rejected our request due to an error in our request',
)

export const badRequest = (message: string): Refusal => refusal(400, 'BadRequest', message)

/** Yes, 500: server-side apply takes the input for its own mistake. */
export const notInSchema = (what: string, why: string): Refusal =>
  refusal(500, 'InternalError', `failed to create typed patch object (${what}): ${why}`)

export const expired = (message: string): Refusal => refusal(410, 'Expired', message)

export const unsupportedMediaType = (type: string): Refusal =>
  refusal(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types do not include: ${type}`,
  )

export const notAllowed = (method: string): Refusal =>
  refusal(405, 'MethodNotAllowed', `the server does not allow ${method} on the requested resource`)

export const invalid = (
  resource: Pick<Resource, 'group' | 'kind'>,
  name: string,
  causes: ReadonlyArray<FieldProblem>,
): Refusal => ({
  ...refusal(
    422,
    'Invalid',
    `${qualifiedKind(resource)} "${name}" is invalid: ${causes.map(({ field, message }) => `${field}: ${message}`).join(', ')}`,
  ),
  causes,
})

/** As the body of an answer, and as the object of an ERROR event. */
export const statusOf = ({ code, reason, message, causes }: Refusal): JsonObject => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message,
  reason,
  ...(causes.length === 0
    ? {}
    : { details: { causes: causes.map((cause): Json => ({ ...cause })) } }),
  code,
})

export const isRefusal = (value: object): value is Refusal =>
  '_tag' in value && value._tag === 'Refusal'
