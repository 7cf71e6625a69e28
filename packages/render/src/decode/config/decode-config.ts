import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import {
  type Config,
  type DecodeError,
  isJsonObject,
  type KubeObject,
  names,
  NO_STORAGE,
} from '../../model'
import { decodeAt, type Problems } from '../../schema/problems'

import { accessProblems } from '../access/access-wishes'
import { asked, type Asked, type DecidingFacts } from '../asked'
import { checkConfig } from './check-config'
import { certificateProblems } from '../certificates/certificate-wishes'
import { claimProblems } from '../storage/claim-wishes'
import { completeConfig } from './complete-config'
import { ConfigSpec } from '../codecs/config/config-spec'
import { exposureProblems } from '../exposure/exposure-wishes'
import { decided, undecided, withDecisions, type WithDecisions } from '../decided/decided'
import { furtherProblems } from '../further-problems'

/** Why a Config that is there cannot be used. */
export type ConfigRefusal = Exclude<DecodeError, { readonly _tag: 'NoConfig' }>

const invalid = ([first, ...rest]: Problems): ConfigRefusal => ({
  _tag: 'InvalidConfig',
  problems: [first, ...rest],
})

// Removed and Unmanaged must work whatever else is said: somebody may want to be rid of just that.
const bare = ({ replicas }: ConfigSpec): ConfigSpec => ({ replicas: Math.max(replicas, 0) })

const checked =
  (given: WithDecisions) =>
  (spec: ConfigSpec): E.Either<ConfigRefusal, Config> => {
    const [first, ...rest] = [
      ...checkConfig(spec),
      ...claimProblems(given.asked.subject, spec),
      ...certificateProblems(given.asked),
      ...accessProblems(given.asked),
      ...exposureProblems(given.asked, spec),
    ]
    if (first === undefined) return E.right(completeConfig(spec, decided(given, spec)))
    if (given.asked.state !== 'Managed') {
      return E.right(completeConfig(bare(spec), decided(given, spec)))
    }
    return E.left(
      first === NO_STORAGE && rest.length === 0
        ? { _tag: 'StorageNotConfigured' }
        : invalid([first, ...rest]),
    )
  }

const decodedSpec = (spec: unknown): E.Either<ConfigRefusal, ConfigSpec> =>
  pipe(
    decodeAt(ConfigSpec, 'spec', spec),
    E.mapLeft(([first, ...rest]) =>
      invalid([first, ...rest, ...furtherProblems(spec, [first, ...rest])]),
    ),
  )

const understood = (given: Asked): E.Either<ConfigRefusal, Config> => {
  const withOurs = withDecisions(given)
  return pipe(decodedSpec(withOurs.spec), E.flatMap(checked(withOurs)))
}

/** Nothing that is no object is a spec. */
const noSpec = (subject: KubeObject): E.Either<ConfigRefusal, Config> =>
  pipe(
    decodedSpec(subject['spec']),
    E.map((read) => completeConfig(read, undecided(subject))),
  )

const WRONG_VERSION: Problems = [
  {
    path: 'apiVersion',
    message: `must be ${names.CONFIG_API_VERSION}`,
    remedy: `change it to ${names.CONFIG_API_VERSION}`,
  },
]

/** Somebody has deleted the Config, which means that the registry has to go, whatever else stands in it. */
const going = (subject: KubeObject, config: E.Either<ConfigRefusal, Config>): Config =>
  E.isRight(config) ? config.right : completeConfig({ replicas: 0 }, undecided(subject))

/** The configuration that a Config resource asks for, with what we decide in it; or everything that is wrong with it. */
export const decodeConfig = (
  subject: KubeObject,
  facts: DecidingFacts,
): E.Either<ConfigRefusal, Config> => {
  const { spec, metadata, apiVersion } = subject
  const isGoing = metadata.deletionTimestamp !== undefined
  if (!isGoing && apiVersion !== names.CONFIG_API_VERSION) return E.left(invalid(WRONG_VERSION))
  if (!isJsonObject(spec))
    return isGoing ? E.right(going(subject, noSpec(subject))) : noSpec(subject)
  const given = asked(subject, spec, facts)
  return isGoing
    ? E.right(going(subject, understood({ ...given, state: 'Removed' })))
    : understood(given)
}
