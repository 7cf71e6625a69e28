import {
  keyOf,
  type KubeObject,
  type Observation,
  type ObjectRef,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'
import type { TaskEither } from 'fp-ts/TaskEither'

import { machineQuestion } from '../../pipeline/machine-question'
import { unreadMachine, type MachineError } from '../../pipeline/read-machine'
import {
  answeredQuestions,
  type Answer,
  type AnsweredQuestions,
  type AnsweredQuestionsDeps,
  type Question,
} from './answered-questions'

export type MachineLookDeps = AnsweredQuestionsDeps & {
  readonly readMachine: (node: ObjectRef) => TaskEither<MachineError, KubeObject>
}

/** On which machine a node of plain Kubernetes runs, as far as that has to be known. */
export type MachineLook = Pick<AnsweredQuestions, 'seen' | 'stop'> & {
  /** Has a node read if the platform is not known, and none is being read. */
  readonly consider: (observation: Pick<Observation, 'facts'>) => IO<void>
}

const questionOf = ({ readMachine }: MachineLookDeps, node: ObjectRef): Question => ({
  key: keyOf(node),
  answer: () =>
    readMachine(node)().then(
      E.match(
        ({ why }): Answer => ({ seen: [unreadMachine(why)], isFinal: false }),
        (machine) => ({ seen: [machine], isFinal: true }),
      ),
    ),
})

/**
 * Reads one node of a plain Kubernetes, once: its cloud never changes, so that what is known stays when it is no question any
 * more. Where the node has gone before it was read, another one is.
 */
export const machineLook = (deps: MachineLookDeps): MachineLook => {
  const { seen, ask, stop } = answeredQuestions(deps)
  return {
    seen,
    stop,
    consider:
      ({ facts }) =>
      () => {
        const node = machineQuestion(facts)
        if (node !== undefined) ask([questionOf(deps, node)])()
      },
  }
}
