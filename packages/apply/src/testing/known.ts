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
