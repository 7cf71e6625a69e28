import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import {
  names,
  NO_STORAGE,
  type Config,
  type DecodeError,
  type JsonObject,
  type ManagementState,
} from '../model'
import { decodeAt, type Problems } from '../schema/problems'

import { checkConfig } from './check-config'
import { completeConfig } from './complete-config'
import { ConfigSpec } from './config/config-spec'
import { furtherProblems } from './further-problems'

/** Why a Config that is there cannot be used. */
export type ConfigRefusal = Exclude<DecodeError, { readonly _tag: 'NoConfig' }>

const invalid = ([first, ...rest]: Problems): ConfigRefusal => ({
  _tag: 'InvalidConfig',
  problems: [first, ...rest],
})

const stateOf = ({ managementState }: ConfigSpec): ManagementState =>
  managementState === undefined || managementState === 'Force' ? 'Managed' : managementState

// Removed and Unmanaged must work whatever else is said: somebody may want to be rid of just that.
const bare = ({ managementState, replicas, storage }: ConfigSpec): ConfigSpec => ({
  ...(managementState === undefined ? {} : { managementState }),
  replicas: Math.max(replicas, 0),
  ...(storage === undefined ? {} : { storage }),
})

const checked = (spec: ConfigSpec): E.Either<ConfigRefusal, Config> => {
  const state = stateOf(spec)
  const [first, ...rest] = checkConfig(spec)
  if (first === undefined) return E.right(completeConfig(spec, state))
  if (state !== 'Managed') return E.right(completeConfig(bare(spec), state))
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

const WRONG_VERSION: Problems = [
  {
    path: 'apiVersion',
    message: `must be ${names.CONFIG_API_VERSION}`,
    remedy: `change it to ${names.CONFIG_API_VERSION}`,
  },
]

/** The configuration that a Config resource asks for, or everything that is wrong with it. */
export const decodeConfig = (manifest: JsonObject): E.Either<ConfigRefusal, Config> =>
  manifest['apiVersion'] === names.CONFIG_API_VERSION
    ? pipe(decodedSpec(manifest['spec']), E.flatMap(checked))
    : E.left(invalid(WRONG_VERSION))
