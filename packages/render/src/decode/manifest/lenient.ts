import * as E from 'fp-ts/Either'
import * as t from 'io-ts'

import { isJsonObject } from '../../model'

/** The fields that we read of an object of somebody else; each may be missing. */
type Lenient<P extends t.Props> = { readonly [K in keyof P]?: t.TypeOf<P[K]> }

type Entry = readonly [string, unknown]

const present = (value: object, name: string, codec: t.Mixed, context: t.Context) => {
  const one: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
  return one === undefined || one === null
    ? undefined
    : E.map((a: unknown): Entry => [name, a])(
        codec.validate(one, t.appendContext(context, name, codec, one)),
      )
}

const isPresent = <A>(value: A | undefined): value is A => value !== undefined

/** Reads what is asked for: null is as good as missing, and what is not asked for is not looked at. */
export const lenient = <P extends t.Props>(props: P): t.Type<Lenient<P>> => {
  const fields: ReadonlyArray<readonly [string, t.Mixed]> = Object.entries(props)
  const validate: t.Validate<unknown, Lenient<P>> = (value, context) => {
    if (!isJsonObject(value)) return t.failure(value, context)
    const results = fields
      .map(([name, codec]) => present(value, name, codec, context))
      .filter(isPresent)
    const errors = results.flatMap((result) => (E.isLeft(result) ? result.left : []))
    const entries = results.flatMap((result) => (E.isRight(result) ? [result.right] : []))
    // The members have been decoded one by one; together they are the object.
    return errors.length > 0
      ? t.failures(errors)
      : t.success(Object.fromEntries(entries) as Lenient<P>)
  }
  const is = (value: unknown): value is Lenient<P> => E.isRight(validate(value, []))
  return new t.Type<Lenient<P>>('an object', is, validate, t.identity)
}

const named = <A>(name: string, codec: t.Type<A>): t.Type<A> =>
  new t.Type<A>(name, codec.is, codec.validate, t.identity)

export const aString = named('a string', t.string)
export const aNumber = named('a number', t.number)
export const strings = t.readonlyArray(aString, 'a list')
export const textByKey = t.record(t.string, aString, 'an object')

/** A list of which each item is read by the codec. */
export const listOf = <C extends t.Mixed>(item: C) => t.readonlyArray(item, 'a list')
