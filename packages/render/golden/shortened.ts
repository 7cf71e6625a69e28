import { digestOfJson } from '../src/digest'
import type { Json } from '../src/model'

/** What a case says otherwise than another one, with which it is compared. */
export type Shortened<A> = {
  readonly shown: ReadonlyArray<A>
  /** How much it says just so; empty when that is nothing. */
  readonly hint: ReadonlyArray<string>
  /** What the other case says, and this one does not, or says otherwise. */
  readonly missing: ReadonlyArray<A>
}

/** What another case says of the same. */
export type Compared<A> = { readonly name: string; readonly items: ReadonlyArray<A> }

/** Two things are the same when their texts are. */
export const shortened = <A>(
  all: ReadonlyArray<A>,
  { name, items }: Compared<A>,
  text: (item: A) => Json,
): Shortened<A> => {
  const isIn = (others: ReadonlyArray<A>) => {
    const known = new Set(others.map((other) => digestOfJson(text(other))))
    return (item: A): boolean => known.has(digestOfJson(text(item)))
  }
  const isPlain = isIn(items)
  const isHere = isIn(all)
  const shown = all.filter((item) => !isPlain(item))
  const count = all.length - shown.length
  return {
    shown,
    hint: count === 0 ? [] : [`${count} of the ${items.length} as in ${name}`],
    missing: items.filter((item) => !isHere(item)),
  }
}

/** A list that is left out when there is nothing in it. */
export const unlessEmpty = (
  name: string,
  list: ReadonlyArray<Json>,
): { readonly [name: string]: Json } => (list.length === 0 ? {} : { [name]: list })
