import { decode, decodeProblems, render } from '@image-registry-operator/render'
import {
  keyOf,
  names,
  objectRef,
  showRef,
  type DecodeError,
  type DesiredState,
  type Observation,
  type Problem,
  type Release,
  type Snapshot,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'

import type { InputProblem } from './input-problem'

/** A decoded input, and where its objects stand. */
export type Observed = {
  readonly observation: Observation
  readonly whereIs: ReadonlyMap<string, string>
}

/** Decodes what was read; nothing is known of where objects of a cluster stand. */
export const observed = (
  snapshot: Snapshot,
  release: Release,
  whereIs: ReadonlyMap<string, string> = new Map(),
): Observed => ({ observation: decode(snapshot, release), whereIs })

const CONFIG = objectRef(names.CONFIG_API_VERSION, 'Config', names.SINGLETON_NAME)

/** `file:document` of the Config, or its name where it comes from a cluster. */
export const whereConfigIs = (whereIs: ReadonlyMap<string, string>): string =>
  whereIs.get(keyOf(CONFIG)) ?? showRef(CONFIG)

const located =
  (where: string) =>
  (problem: Problem): InputProblem => ({ ...problem, where })

/** Why the Config cannot be used, one problem per line. */
export const configProblems = (
  error: DecodeError,
  whereIs: ReadonlyMap<string, string>,
): ReadonlyArray<InputProblem> => {
  // A Config that is not there stands nowhere.
  const where = error._tag === 'NoConfig' ? '' : whereConfigIs(whereIs)
  return decodeProblems(error).map(located(where))
}

/** A Config that is missing is made with the defaults of the platform, where that is known: files rarely say it of plain Kubernetes. */
const willBeMade = ({ config, facts }: Observation): boolean =>
  E.isLeft(config) &&
  config.left._tag === 'NoConfig' &&
  (facts.platform === 'OpenShift' ||
    (E.isRight(facts.infrastructure) && facts.infrastructure.right.unread === undefined))

/** What is desired in the face of an observation; or why the Config cannot be used. */
export const desiredOf = ({
  observation,
  whereIs,
}: Observed): E.Either<ReadonlyArray<InputProblem>, DesiredState> =>
  E.isLeft(observation.config) && !willBeMade(observation)
    ? E.left(configProblems(observation.config.left, whereIs))
    : E.right(render(observation, observation.facts))

/** Objects of others that nobody could make sense of. The rest goes on without them. */
export const unreadableWarnings = ({
  observation,
  whereIs,
}: Observed): ReadonlyArray<InputProblem> =>
  observation.unreadable.flatMap(({ ref, problems }) => {
    const where = ref === undefined ? '' : (whereIs.get(keyOf(ref)) ?? showRef(ref))
    return problems.map(located(where))
  })
