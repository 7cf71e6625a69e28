/** The wish of a person, or of the machine, that the demo ends early. */
export type Interruption = Readonly<{
  /** Resolves when it is wished. */
  wished: Promise<void>
  /** The outcome of the work, or undefined if the wish came first; the work goes on then. */
  during: <A>(work: Promise<A>) => Promise<A | undefined>
}>

/** Listens for Ctrl-C and its like; the second one of them ends the process at once, and with it all servers. */
export const interruption = (): Interruption => {
  let times = 0
  const wished = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (++times > 1) process.exit(130)
        resolve()
      })
    }
    // Whoever read us has gone, e.g. `head`: there is nobody left to show anything.
    process.stdout.on('error', () => resolve())
  })
  return {
    wished,
    during: <A>(work: Promise<A>): Promise<A | undefined> => {
      // If it fails after the wish, nobody is there to hear of it.
      work.catch(() => undefined)
      return Promise.race([work, wished.then(() => undefined)])
    },
  }
}
