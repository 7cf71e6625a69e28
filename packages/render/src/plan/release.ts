import {
  type Config,
  type KubeObject,
  type LiveObjects,
  names,
  refOf,
  type ReleaseObject,
} from '../model'
import { goesWithRegistry } from './deletions'

/**
 * Lets a Config that is being deleted go, once everything of ours has gone: what still ends in its own time, a claim
 * that a pod uses for instance, is waited for. Finalizers of others are none of our business.
 */
export const release = (
  config: Config,
  subject: KubeObject | undefined,
  live: LiveObjects,
): ReadonlyArray<ReleaseObject> => {
  if (subject?.metadata.deletionTimestamp === undefined) return []
  const at = (subject.metadata.finalizers ?? []).indexOf(names.FINALIZER)
  const isBusy = [...live.values()].some((object) => goesWithRegistry(config, object))
  if (at < 0 || isBusy) return []
  const path = `/metadata/finalizers/${at}`
  return [
    {
      _tag: 'ReleaseObject',
      ref: refOf(subject),
      before: subject,
      operations: [
        { op: 'test', path, value: names.FINALIZER },
        { op: 'remove', path },
      ],
    },
  ]
}
