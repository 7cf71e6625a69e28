import { setTimeout as sleep } from 'node:timers/promises'

/** Asks again and again until the answer is not undefined; fails with what was seen last. */
export const eventually = async <A>(
  what: string,
  ask: () => Promise<A | undefined>,
  timeoutMs = 60_000,
): Promise<A> => {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${what}`)
    await sleep(25)
  }
}
