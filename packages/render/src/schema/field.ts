import * as E from 'fp-ts/Either'
import { identity } from 'fp-ts/function'
import * as t from 'io-ts'

import type { JsonObject } from '../model'

/** A validation error that also says what to do about it. */
export type FieldError = t.ValidationError & { readonly remedy: string }

/** A structural OpenAPI v3 schema. Every one says what it is about. */
export type OpenApi = JsonObject & { readonly description: string }

/** One value that is both: how a field is decoded, and its structural OpenAPI v3 schema. */
export type Field<A> = t.Type<A> & { readonly openApi: OpenApi }

/** A field of whatever type. */
export type AnyField = t.Mixed & { readonly openApi: OpenApi }

/** A field from its schema and its validation. */
export const field = <A>(openApi: OpenApi, validate: t.Validate<unknown, A>): Field<A> => {
  const is = (value: unknown): value is A => E.isRight(validate(value, []))
  return Object.assign(new t.Type<A>(openApi.description, is, validate, identity), { openApi })
}

/** What a refused value gives: where it stands (the context), what is wrong and what to do. */
export const fieldError = (
  value: unknown,
  context: t.Context,
  problem: { readonly message: string; readonly remedy: string },
): FieldError => ({ value, context, ...problem })

/** The validation of a value that is refused for one reason. */
export const refused = <A>(
  value: unknown,
  context: t.Context,
  problem: { readonly message: string; readonly remedy: string },
): t.Validation<A> => t.failures([fieldError(value, context, problem)])

/** The same field with more said in its schema. */
export const withSchema = <A>(base: Field<A>, extra: JsonObject): Field<A> =>
  field({ ...base.openApi, ...extra }, (value, context) => base.validate(value, context))
