/** Works it out once for each value: values never change here. */
export const onceKnown = <A extends object, B>(work: (value: A) => B): ((value: A) => B) => {
  const known = new WeakMap<A, B>()
  return (value) => {
    const before = known.get(value)
    if (before !== undefined) return before
    const result = work(value)
    known.set(value, result)
    return result
  }
}

/** The most texts that are remembered. */
const MOST = 4_000

/** Works it out once for each text; all is forgotten when that are too many. */
export const onceKnownByText = <B>(work: (text: string) => B): ((text: string) => B) => {
  const known = new Map<string, B>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= MOST) known.clear()
    const result = work(text)
    known.set(text, result)
    return result
  }
}
