import type { Clock } from '@image-registry-operator/apply'
import {
  keyOf,
  type KubeObject,
  type Observation,
  type ObjectRef,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'
import type { TaskEither } from 'fp-ts/TaskEither'

import { machineQuestion } from '../pipeline/machine-question'
import { unreadMachine, type MachineError } from '../pipeline/read-machine'
import { backoffMs } from './backoff'

export type MachineLookDeps = {
  readonly readMachine: (node: ObjectRef) => TaskEither<MachineError, KubeObject>
  readonly clock: Pick<Clock, 'after'>
  /** Between 0 and 1, for jitter. */
  readonly random: IO<number>
  /** More is known than before, or something else. */
  readonly onChange: IO<void>
}

/** On which machine a node of plain Kubernetes runs, as far as that has to be known. */
export type MachineLook = {
  /** What is known, in the form that decoding expects; nothing before there is an answer. */
  readonly seen: IO<ReadonlyArray<KubeObject>>
  /** Has a node read if the platform is not known, and none is being read. */
  readonly consider: (observation: Pick<Observation, 'facts'>) => IO<void>
  /** Nothing is read any more, and no answer counts. */
  readonly stop: IO<void>
}

const RETRY = { firstMs: 1_000, capMs: 60_000 }

/** What is being read, or waits for that. */
type Asked = {
  readonly key: string
  readonly cancelRetry: IO<void>
}

/**
 * Reads one node of a plain Kubernetes, once: its cloud never changes.
 *
 * Expected flow: the first pass asks, the second one knows, and nothing is read any more.
 * Guarantees: one request at a time. A failure is tried again after a second, two, … up to a minute, and with another node
 * where the first one has gone. An answer after `stop` is dropped.
 */
export const machineLook = (deps: MachineLookDeps): MachineLook => {
  let known: KubeObject | undefined
  let asked: Asked | undefined
  let failures = 0

  const settle = (node: ObjectRef, before: Asked, answer: E.Either<MachineError, KubeObject>) => {
    if (asked !== before) return
    const next = E.isRight(answer) ? answer.right : unreadMachine(answer.left.why)
    const isNews = JSON.stringify(known) !== JSON.stringify(next)
    known = next
    if (E.isLeft(answer)) retryLater(node)
    if (isNews) deps.onChange()
  }

  const retryLater = (node: ObjectRef): void => {
    failures += 1
    const waitMs = backoffMs(failures, deps.random(), RETRY)
    asked = { key: keyOf(node), cancelRetry: deps.clock.after(waitMs, () => read(node)) }
  }

  const read = (node: ObjectRef): void => {
    const reading: Asked = { key: keyOf(node), cancelRetry: () => undefined }
    asked = reading
    void deps
      .readMachine(node)()
      .then((answer) => settle(node, reading, answer))
  }

  const forget = (): void => {
    asked?.cancelRetry()
    asked = undefined
  }

  return {
    seen: () => (known === undefined ? [] : [known]),
    consider:
      ({ facts }) =>
      () => {
        const node = machineQuestion(facts)
        if (node === undefined || asked?.key === keyOf(node)) return
        forget()
        read(node)
      },
    stop: forget,
  }
}
