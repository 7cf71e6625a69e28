import { createEvent, type Clock, type CreateEventDeps } from '@image-registry-operator/apply'
import { describeApplyError, type ClusterEvent } from '@image-registry-operator/render'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'

import { eventObject } from './event-object'
import type { Log } from './logger'
import type { Metrics } from './metrics'

export type EventRecorderDeps = CreateEventDeps & {
  readonly clock: Pick<Clock, 'wallMs'>
  readonly randomBytes: (count: number) => IO<Uint8Array>
  readonly podName: string
  readonly log: Log
  readonly metrics: Pick<Metrics, 'eventFailed'>
}

/** Takes what there is to tell of one pass; what lasts is told by the first of the passes that say it. */
export type EventRecorder = (told: ReadonlyArray<ClusterEvent>) => IO<void>

const keyOf = ({ reason, message, lasting }: ClusterEvent): string =>
  // A failure is one failure, although its text may quote another version of the object every time.
  lasting === true ? `${reason} ${message.split(':')[0]}` : ''

/**
 * Writes Events, one after the other, and keeps nobody waiting.
 *
 * Guarantees: one that cannot be written is counted, and not tried again; nothing else fails with it.
 */
export const eventRecorder = (deps: EventRecorderDeps): EventRecorder => {
  let lasting: ReadonlySet<string> = new Set()
  let writing: Promise<void> = Promise.resolve()
  let countBefore = 0

  const write = async (event: ClusterEvent): Promise<void> => {
    const telling = {
      podName: deps.podName,
      atMs: deps.clock.wallMs(),
      countBefore,
      random: deps.randomBytes(4)(),
    }
    countBefore += 1
    const written = await createEvent(deps)(eventObject(event, telling))()
    if (E.isRight(written)) return
    deps.metrics.eventFailed()
    const error = describeApplyError(written.left)
    deps.log({ _tag: 'EventFailed', reason: event.reason, error })()
  }

  return (told) => () => {
    const news = told.filter((event) => !lasting.has(keyOf(event)))
    lasting = new Set(told.filter((event) => event.lasting === true).map(keyOf))
    news.forEach((event) => {
      writing = writing.then(() => write(event))
    })
  }
}
