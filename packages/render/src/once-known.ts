/**
 * Works something out once for each object, and knows it for as long as the object is in memory: nobody changes an object,
 * another one comes in its place. Nearly every pass sees the same objects as the last.
 */
export const onceKnown = <A extends object, B>(work: (object: A) => B): ((object: A) => B) => {
  const known = new WeakMap<A, B>()
  return (object) => {
    const before = known.get(object)
    if (before !== undefined) return before
    const result = work(object)
    known.set(object, result)
    return result
  }
}
