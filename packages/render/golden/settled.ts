import {
  type ApplyObject,
  type DesiredObject,
  isJsonObject,
  type KubeObject,
  type ObjectRef,
  objectsOf,
  type StatusPatch,
} from '../src/model'
import { applied } from '../src/testing/server-side-apply'
import { identityOf, mergedInto, replaced } from './edits'
import { said } from './stages'

/** More passes than any case needs: what one writes may be news to the next. */
const MAX_PASSES = 5

/** The cluster after the operator has done all that it had to, and everybody's statuses said the same as before. */
export const settled = (
  objects: ReadonlyArray<KubeObject>,
  passes = MAX_PASSES,
): ReadonlyArray<KubeObject> => {
  const { plan, status } = said(objects)
  if (passes === 0 || (plan.length === 0 && status.patches.length === 0)) return objects
  const gone = plan.flatMap((action) => (action._tag === 'DeleteObject' ? [action.ref] : []))
  const written = plan.flatMap((action) =>
    action._tag === 'ApplyObject' ? [settledObject(action, objects)] : [],
  )
  const left = replaced(objects, written).filter(
    (object) => !gone.some((ref) => identityOf(object) === identityOf(withRef(ref))),
  )
  return settled(left.map(withStatus(status.patches)), passes - 1)
}

const withStatus =
  (patches: ReadonlyArray<StatusPatch>) =>
  (object: KubeObject): KubeObject => {
    const patch = patches.find((other) => identityOf(other.object) === identityOf(object))
    const [before, after] = [object['status'], patch?.object['status']]
    return patch === undefined || !isJsonObject(after)
      ? object
      : { ...object, status: { ...(isJsonObject(before) ? before : {}), ...after } }
  }

const withRef = ({ apiVersion, kind, ...metadata }: ObjectRef): KubeObject => ({
  apiVersion,
  kind,
  metadata,
})

const liveOf = (objects: ReadonlyArray<KubeObject>, ref: ObjectRef): KubeObject | undefined =>
  objects.find((object) => identityOf(object) === identityOf(withRef(ref)))

const settledObject = (
  { desired, ref }: ApplyObject,
  objects: ReadonlyArray<KubeObject>,
): KubeObject => {
  const live = liveOf(objects, ref)
  if (live === undefined) return created(desired)
  // Where it is not said who holds what, it stays so.
  if (live.metadata.managedFields === undefined) return mergedInto(live, desired.object)
  return desired.subresource === undefined
    ? applied(desired.object, live)
    : ofSubresource(desired.subresource, applied(desired.object, live))
}

/** Objects of whose status we hold fields hold nothing else of ours. */
const ofSubresource = (subresource: string, object: KubeObject): KubeObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    managedFields: objectsOf(object.metadata.managedFields).map((entry) => ({
      ...entry,
      subresource,
    })),
  },
})

/** Of the first generation. Who holds what is said only of what is ours as a whole. */
const created = ({ object, mode }: DesiredObject): KubeObject => {
  const { metadata, ...content } = applied(object)
  const { managedFields, ...identity } = metadata
  const generation = 'spec' in content ? { generation: 1 } : {}
  const held = mode === 'converge' ? { managedFields: managedFields ?? [] } : {}
  return { ...content, metadata: { ...identity, ...generation, ...held } }
}
