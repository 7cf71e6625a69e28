import { setTimeout as sleep } from 'node:timers/promises'

import {
  type ClusterClient,
  type KubeObject,
  isRequestError,
  type WatchEvent,
} from './cluster-client'

const pauseMs = 200

/** Answers to what a simulator sees; called again with the same object, it must do no harm. */
export type Reaction = (object: KubeObject) => Promise<void>

/**
 * Whether things may have moved on under a reaction: a conflict, an object that is gone, a kind
 * that is not served yet, or an API server that a test has just stopped. The next event, or the
 * next watch, which begins with all objects, brings the object again.
 */
const isPassing = (error: unknown): boolean =>
  !isRequestError(error) || [404, 409, 429].includes(error.code) || error.code >= 500

const endured = async (work: Promise<void>): Promise<void> => {
  try {
    await work
  } catch (error) {
    // The simulator is at fault then. Nobody awaits it, so this is the only way to be heard.
    if (!isPassing(error)) process.emitWarning(error instanceof Error ? error : String(error))
  }
}

/** One reaction at a time for each object, or two would do the same work and one fail. */
const inTurn = (react: Reaction): ((event: WatchEvent) => void) => {
  const last = new Map<string, Promise<void>>()
  return ({ type, object }) => {
    if (type === 'DELETED' || type === 'BOOKMARK') return
    const id = object.metadata.uid ?? object.metadata.name
    const before = last.get(id) ?? Promise.resolve()
    last.set(
      id,
      before.then(() => endured(react(object))),
    )
  }
}

/** Reacts to each object of a path, now and after each of its changes, until the signal; outlives the API server. */
export const watchLoop = async (
  client: ClusterClient,
  path: string,
  react: Reaction,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    await endured(client.watch(path, inTurn(react), signal))
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
  }
}
