import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'

import { isJsonArray, type Json, type JsonArray } from '../model'

import { field, refused, withSchema, type Field } from './field'

/** What stands where the field is left out. */
export const withDefault = <A>(base: Field<A>, value: Json): Field<A> =>
  withSchema(base, { default: value })

/** null is allowed, too, and means nothing. */
export const nullable = <A>(base: Field<A>): Field<A | null> =>
  field<A | null>({ ...base.openApi, nullable: true }, (value, context) =>
    value === null ? t.success(null) : base.validate(value, context),
  )

/** An object that is always written as a whole. */
export const atomic = <A>(base: Field<A>): Field<A> =>
  withSchema(base, { 'x-kubernetes-map-type': 'atomic' })

/** A rule about more than one field: in CEL for the API server, and as a function for the decoder. */
type Rule<A> = {
  readonly cel: string
  readonly message: string
  readonly remedy: string
  readonly holds: (value: A) => boolean
}

const rulesOf = (rules: Json | undefined): JsonArray =>
  rules !== undefined && isJsonArray(rules) ? rules : []

/** The field, refused unless the rule holds. */
export const withRule = <A>(base: Field<A>, rule: Rule<A>): Field<A> => {
  const { cel, message, remedy, holds } = rule
  const rules = [...rulesOf(base.openApi['x-kubernetes-validations']), { rule: cel, message }]
  const validate: t.Validate<unknown, A> = (value, context) =>
    pipe(
      base.validate(value, context),
      E.flatMap((a) => (holds(a) ? E.right(a) : refused<A>(value, context, { message, remedy }))),
    )
  return field({ ...base.openApi, 'x-kubernetes-validations': rules }, validate)
}

/** A rule about how the field may change, which only the API server can check. */
export const withTransitionRule = <A>(
  base: Field<A>,
  rule: { readonly cel: string; readonly message: string },
): Field<A> =>
  withSchema(base, {
    'x-kubernetes-validations': [{ rule: rule.cel, message: rule.message }],
  })
