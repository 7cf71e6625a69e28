import * as E from 'fp-ts/Either'

import { NO_STORAGE, type Problem } from '../../model'
import { durationNs } from '../../schema/duration'
import { showValue } from '../../schema/show-value'

import { chosenStorage } from '../storage/chosen-storage'
import type { ConfigSpec } from '../codecs/config/config-spec'
import { deploymentOverrides } from './deployment-overrides'
import { observedTls } from '../tls/observed-tls'
import { routeProblems } from '../exposure/route-problems'

type Check = (spec: ConfigSpec) => ReadonlyArray<Problem>

const managementProblems: Check = ({ managementState }) =>
  managementState === undefined
    ? [
        {
          path: 'spec.managementState',
          message: 'is missing',
          remedy:
            'set it to Managed to have the registry, Unmanaged to keep it as it is, or Removed',
        },
      ]
    : []

const replicaProblems: Check = ({ replicas }) =>
  replicas < 0
    ? [
        {
          path: 'spec.replicas',
          message: `replicas must be greater than or equal to 0, got ${replicas}`,
          remedy: 'set it to 0 or more',
        },
      ]
    : []

type Limits = NonNullable<NonNullable<ConfigSpec['requests']>['read']>

const counterProblem = (path: string, original: string, value: number | undefined) =>
  value !== undefined && value < 0
    ? [
        {
          path,
          message: `${original} must be positive number, got ${value}`,
          remedy: 'set it to a positive number, or to 0 for no limit',
        },
      ]
    : []

const waitProblem = (path: string, wait: string | undefined) =>
  wait !== undefined && (durationNs(wait) ?? 0n) < 0n
    ? [
        {
          path,
          message: `must not be negative, got ${showValue(wait)}`,
          remedy: 'set it to 0s or more',
        },
      ]
    : []

const limitProblems = (
  path: string,
  original: string,
  { maxRunning, maxInQueue, maxWaitInQueue }: Limits,
): ReadonlyArray<Problem> => [
  ...counterProblem(`${path}.maxRunning`, `${original}.MaxRunning`, maxRunning),
  ...counterProblem(`${path}.maxInQueue`, `${original}.MaxInQueue`, maxInQueue),
  ...waitProblem(`${path}.maxWaitInQueue`, maxWaitInQueue),
]

const requestProblems: Check = ({ requests: { read = {}, write = {} } = {} }) => [
  ...limitProblems('spec.requests.read', 'Requests.Read', read),
  ...limitProblems('spec.requests.write', 'Requests.Write', write),
]

const leftOf = <A>(result: E.Either<ReadonlyArray<Problem>, A>): ReadonlyArray<Problem> =>
  E.isLeft(result) ? result.left : []

// Only Managed puts images anywhere; the others may leave the storage as it happens to be.
const storageProblems: Check = ({ managementState, storage }) => {
  if (managementState === 'Removed' || managementState === 'Unmanaged') return []
  const chosen = chosenStorage(storage)
  if (E.isRight(chosen)) return []
  return chosen.left._tag === 'Wrong' ? chosen.left.problems : [NO_STORAGE]
}

/** What only shows when fields are seen together, by the field in which it shows. */
const CHECKS: ReadonlyArray<readonly [keyof ConfigSpec, Check]> = [
  ['managementState', managementProblems],
  ['replicas', replicaProblems],
  ['storage', storageProblems],
  ['routes', ({ routes = [] }) => routeProblems(routes)],
  ['requests', requestProblems],
  ['observedConfig', (spec) => leftOf(observedTls(spec))],
  ['unsupportedConfigOverrides', (spec) => leftOf(deploymentOverrides(spec))],
]

/** All problems of a spec whose fields are each well-formed, but for fields that are known to be wrong. */
export const checkConfig = (
  spec: ConfigSpec,
  knownWrong: ReadonlySet<string> = new Set(),
): ReadonlyArray<Problem> =>
  CHECKS.filter(([field]) => !knownWrong.has(field)).flatMap(([, check]) => check(spec))
