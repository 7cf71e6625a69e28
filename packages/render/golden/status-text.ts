import { isJsonObject, type Json, type JsonObject, objectsOf, refOf, showRef } from '../src/model'
import { shortened, unlessEmpty } from './shortened'
import type { Said } from './stages'

type Status = Said['status']
type Patch = Status['patches'][number]

/** What another case says of statuses. */
type Other = { readonly name: string; readonly status?: Status }

/** What is written of statuses; the conditions of the Config, also where they do not have to be. */
export const statusText = (status: Status, other: Other): JsonObject => {
  const items = other.status?.patches ?? []
  const { shown, hint } = shortened(status.patches, { name: other.name, items }, patchJson)
  const { conditions, requeueAfterMs } = status
  const isTold = status.patches.some(isOfConfig)
  return {
    ...(isTold ? {} : unlessEmpty('conditions', briefly(conditions, other, ofConfig(other)))),
    ...unlessEmpty('patches', [...shown.map(patchText(other)), ...hint]),
    ...(requeueAfterMs === undefined ? {} : { requeueAfterMs }),
  }
}

const isOfConfig = ({ object }: Patch): boolean => object.kind === 'Config'

const patchJson = ({ object, reclaim = [] }: Patch): Json => [object, reclaim]

const patchText =
  (other: Other) =>
  (patch: Patch): JsonObject => {
    const { status, ...identity } = patch.object
    const found = other.status?.patches.find(
      ({ object }) => showRef(refOf(object)) === showRef(refOf(patch.object)),
    )
    const [body, others] = [bodyOf(status), bodyOf(found?.object['status'])]
    const before = isOfConfig(patch) ? ofConfig(other) : objectsOf(others['conditions'])
    return {
      ...identity,
      ...(patch.reclaim === undefined ? {} : { takenOver: true }),
      status: {
        conditions: briefly(objectsOf(body['conditions']), other, before),
        ...rest(body, other, others),
      },
    }
  }

const bodyOf = (status: Json | undefined): JsonObject => (isJsonObject(status) ? status : {})

/** The other case may say so without writing it. */
const ofConfig = ({ status }: Other): ReadonlyArray<JsonObject> => status?.conditions ?? []

const rest = (body: JsonObject, { name }: Other, others: JsonObject): JsonObject => {
  const { shown, hint } = shortened(fields(body), { name, items: fields(others) }, (entry) => [
    ...entry,
  ])
  return { ...Object.fromEntries(shown), ...unlessEmpty('otherFields', hint) }
}

const fields = (body: JsonObject): ReadonlyArray<readonly [string, Json]> =>
  Object.entries(body).filter(([field]) => field !== 'conditions')

const briefly = (
  conditions: ReadonlyArray<JsonObject>,
  { name }: Other,
  items: ReadonlyArray<JsonObject>,
): ReadonlyArray<Json> => {
  const { shown, hint } = shortened(conditions, { name, items }, (condition) => condition)
  return [...shown, ...hint]
}
