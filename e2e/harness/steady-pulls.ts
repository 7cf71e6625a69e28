import { setTimeout as sleep } from 'node:timers/promises'

import type { RegistryAccess } from '../storage-servers/registry/registry-request'
import { type Pushed, pulledDigest } from './registry-round-trip'

/** A client that pulls the same image over and over again, with new connections each time, and never tries again. */
export type SteadyPulls = Readonly<{
  /** How many went well. */
  count: () => number
  /** Why others did not. */
  failures: () => ReadonlyArray<string>
  /** Lets it end what it is at. */
  stop: () => Promise<void>
}>

const PAUSE_MS = 100

/** Starts to pull; how to reach the registry is asked before each pull. */
export const startSteadyPulls = (
  access: () => Promise<RegistryAccess>,
  { name, digest }: Pick<Pushed, 'name' | 'digest'>,
): SteadyPulls => {
  const failures: Array<string> = []
  let count = 0
  let isOver = false
  const pull = async (): Promise<void> => {
    const came = await pulledDigest(await access(), name)
    if (came !== digest) throw new Error(`${name} is ${came}`)
    count += 1
  }
  const work = async (): Promise<void> => {
    while (!isOver) {
      await pull().catch((error: unknown) => {
        failures.push(`${new Date().toISOString()} ${String(error)}`)
      })
      await sleep(PAUSE_MS)
    }
  }
  const working = work()
  return {
    count: () => count,
    failures: () => [...failures],
    stop: async () => {
      isOver = true
      await working
    },
  }
}
