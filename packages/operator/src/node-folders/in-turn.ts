/** Does it to one after the other, in their order; nothing further after a rejection. */
export const inTurn = <A>(
  items: ReadonlyArray<A>,
  act: (item: A) => Promise<void>,
): Promise<void> => items.reduce((before, item) => before.then(() => act(item)), Promise.resolve())
