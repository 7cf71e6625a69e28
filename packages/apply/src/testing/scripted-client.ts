import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import type { TaskEither } from 'fp-ts/TaskEither'

import type {
  KubeClient,
  KubeList,
  RequestFailure,
  WatchEvent,
  WatchListener,
  WatchRequest,
} from '../client/kube-client'

/** One watch that was opened, in the hands of the test. */
export type ScriptedWatch = {
  readonly request: WatchRequest
  readonly atMs: number
  readonly isStopped: () => boolean
  readonly open: () => void
  /** Bytes that make up no event yet. */
  readonly bytes: () => void
  readonly send: (...events: ReadonlyArray<WatchEvent>) => void
  readonly end: (failure?: RequestFailure) => void
}

export type ScriptedClient = Pick<KubeClient, 'list' | 'watch'> & {
  readonly watches: ReadonlyArray<ScriptedWatch>
  readonly lists: ReadonlyArray<number>
}

type Script = {
  readonly nowMs: () => number
  readonly onWatch?: (watch: ScriptedWatch) => void
  readonly onList?: () => E.Either<RequestFailure, KubeList>
}

const scripted = (request: WatchRequest, listener: WatchListener, atMs: number) => {
  let over = false
  const unlessOver = (run: () => void) => (): void => (over ? undefined : run())
  const watch: ScriptedWatch = {
    request,
    atMs,
    isStopped: () => over,
    open: unlessOver(listener.opened),
    bytes: unlessOver(listener.received),
    send: (...events) =>
      events.forEach((event) => {
        unlessOver(listener.received)()
        unlessOver(() => listener.event(event))()
      }),
    end: (failure) => {
      if (over) return
      over = true
      listener.ended(O.fromNullable(failure))
    },
  }
  const stop = (): void => {
    over = true
  }
  return { watch, stop }
}

/** A client whose watches do what the test says, and nothing else. */
export const scriptedClient = ({ nowMs, onWatch, onList }: Script): ScriptedClient => {
  const watches: Array<ScriptedWatch> = []
  const lists: Array<number> = []
  const list = (): TaskEither<RequestFailure, KubeList> => () => {
    lists.push(nowMs())
    return Promise.resolve(onList?.() ?? E.right({ resourceVersion: '1', items: [] }))
  }
  return {
    watches,
    lists,
    list,
    watch: (request, listener) => {
      const { watch, stop } = scripted(request, listener, nowMs())
      watches.push(watch)
      onWatch?.(watch)
      return stop
    },
  }
}
