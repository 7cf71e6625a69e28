import { configWarnings, type ConfigOrigin } from '@image-registry-operator/render'
import {
  isJsonObject,
  names,
  type JsonObject,
  type Snapshot,
} from '@image-registry-operator/render/model'

import type { InputProblem } from './input-problem'

export const isConfig = (value: unknown): value is JsonObject =>
  isJsonObject(value) &&
  value['kind'] === 'Config' &&
  value['apiVersion'] === names.CONFIG_API_VERSION

/** Only an API server gives uids. */
const originOf = ({ metadata }: JsonObject): ConfigOrigin =>
  isJsonObject(metadata) && metadata['uid'] !== undefined ? 'copied' : 'written'

/** What is in a Config and changes nothing; whoever wrote it may have meant something. */
export const inputWarnings = (
  snapshot: Snapshot,
  where: string,
  origin?: ConfigOrigin,
): ReadonlyArray<InputProblem> =>
  snapshot
    .filter(isConfig)
    .flatMap((config) => configWarnings(config, origin ?? originOf(config)))
    .map((warning) => ({ ...warning, where }))
