import * as E from 'fp-ts/Either'

import { isJsonArray, isJsonObject, type JsonObject, type Problem } from '../model'
import { decodeAt, type Problems } from '../schema/problems'

import { checkConfig } from './config/check-config'
import { ConfigSpec } from './codecs/config/config-spec'
import { routeProblems } from './exposure/route-problems'

const without = (object: JsonObject, [key, ...rest]: ReadonlyArray<string>): JsonObject => {
  const { [key ?? '']: member, ...others } = object
  return isJsonObject(member) && rest.length > 0
    ? { ...others, [key ?? '']: without(member, rest) }
    : others
}

/** The keys from `spec` down to what is wrong; a list counts as wrong as a whole. */
const keysOf = ({ path }: Problem): ReadonlyArray<string> =>
  path
    .split('.')
    .slice(1, path.includes('[') ? 2 : undefined)
    .map((key) => key.replace(/\[.*/, ''))

// A backend that is not well-formed is meant to be one all the same: nothing can be said about the choice.
const isFieldItself = ([field, ...below]: ReadonlyArray<string>): boolean =>
  below.length === 0 || (field === 'storage' && below.length === 1)

const fieldsOf = (problems: ReadonlyArray<Problem>): ReadonlySet<string> =>
  new Set(
    problems
      .map(keysOf)
      .filter(isFieldItself)
      .flatMap(([field = '']) => field),
  )

const FIELDS = ConfigSpec.openApi['properties']

const knownFields = (spec: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(spec).filter(([name]) => isJsonObject(FIELDS) && Object.hasOwn(FIELDS, name)),
  )

// What is required must stand there for the rest to be looked at.
const STAND_IN = { replicas: 0 }

const textOf = (value: unknown, name: string) => {
  const member = isJsonObject(value) ? value[name] : undefined
  return typeof member === 'string' ? { [name]: member } : {}
}

const roughRouteProblems = (spec: JsonObject): ReadonlyArray<Problem> => {
  const { routes } = spec
  return isJsonArray(routes)
    ? routeProblems(
        routes.map((route) => ({ ...textOf(route, 'name'), ...textOf(route, 'hostname') })),
      )
    : []
}

/** What one field says may be wrong without another one that is left out, and that without a third. */
const MOST_TRIES = 3

/** The spec without what is wrong in it; undefined where too much is. */
const decodedRest = (
  spec: JsonObject,
  problems: Problems,
  tries: number,
): ConfigSpec | undefined => {
  const rest = problems.map(keysOf).reduce<JsonObject>(without, spec)
  const decoded = decodeAt(ConfigSpec, 'spec', { ...STAND_IN, ...rest })
  if (E.isRight(decoded)) return decoded.right
  return tries === 0 ? undefined : decodedRest(rest, decoded.left, tries - 1)
}

/**
 * What is wrong with a spec when its fields are seen together, although some are not even well-formed: those are
 * left out, so that all problems can be reported at once.
 */
export const furtherProblems = (spec: unknown, problems: Problems): ReadonlyArray<Problem> => {
  if (!isJsonObject(spec)) return []
  const wrong = fieldsOf(problems)
  const decoded = decodedRest(knownFields(spec), problems, MOST_TRIES)
  return [
    ...(decoded === undefined ? [] : checkConfig(decoded, wrong)),
    ...(wrong.has('routes') ? roughRouteProblems(spec) : []),
  ]
}
