import {
  deleted,
  foundIn,
  replaced,
  type ObjectDatabase,
} from '@image-registry-operator/apply/testing'
import type { KubeObject } from '@image-registry-operator/render/model'

import type { Doors, Things } from './storages'
import type { Wish } from './wishes/wish'

/** What somebody can lay hands on. */
export type Reach = {
  readonly database: ObjectDatabase
  readonly things: Things
  readonly doors: Doors
  /** Says which storages must not be made anew. */
  readonly vanished: (names: ReadonlyArray<string>) => void
}

/** Something that somebody does in the middle of a history. */
export type Deed = {
  readonly words: string
  /** Before any operator starts; once nobody has written for a while; or right after the write of that number. */
  readonly when: 'at first' | 'at rest' | { readonly afterWrite: number }
  /** How long nobody has to have written, where it is done at rest. */
  readonly restMs?: number
  /** From then on something is wrong that has to be told. */
  readonly isTrouble?: boolean
  readonly act: (reach: Reach) => void
}

const PERSON = 'somebody'
const OURS = 'imageregistry.operator.openshift.io/'

const identityOf = ({ apiVersion, kind, metadata }: KubeObject): string =>
  [apiVersion, kind, metadata.namespace ?? '', metadata.name].join(' ')

/** What a person sees in an editor, with what he wants in place of what he wanted before. */
const rewritten = (live: KubeObject | undefined, wanted: KubeObject, before: Wish): KubeObject => {
  if (live === undefined) return wanted
  const former = before.objects.find((one) => identityOf(one) === identityOf(wanted))
  const kept = Object.entries(live.metadata.annotations ?? {}).filter(
    ([name]) => former?.metadata.annotations?.[name] === undefined || !name.startsWith(OURS),
  )
  const annotations = { ...Object.fromEntries(kept), ...wanted.metadata.annotations }
  const { annotations: _, ...metadata } = live.metadata
  return {
    ...live,
    ...wanted,
    metadata: {
      ...metadata,
      name: wanted.metadata.name,
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
  }
}

const asEdited = (database: ObjectDatabase, object: KubeObject): void => {
  const refusal = replaced(database, object, PERSON)
  if (refusal !== undefined) throw new Error(`${object.kind}: ${refusal.message}`)
}

/** Has somebody want something else. `cluster`: what there is anyway, and comes back where a wish had changed it. */
export const editOf = (
  { before, after }: { readonly before: Wish; readonly after: Wish },
  when: Deed['when'],
  cluster: ReadonlyArray<KubeObject>,
): Deed => ({
  words: `somebody wants ${after.name} instead of ${before.name}`,
  when,
  act: ({ database }) => {
    const edit = (wanted: KubeObject): void =>
      asEdited(database, rewritten(foundIn(database, wanted), wanted, before))
    const isIn =
      (objects: ReadonlyArray<KubeObject>) =>
      (one: KubeObject): boolean =>
        objects.some((other) => identityOf(other) === identityOf(one))
    const unwanted = before.objects.filter((one) => !isIn(after.objects)(one))
    cluster.filter(isIn(unwanted)).forEach(edit)
    unwanted.filter((one) => !isIn(cluster)(one)).forEach((one) => deleted(database, one))
    after.objects.forEach(edit)
  },
})

/** A bucket goes, with all that is in it, and nobody has told the operator. */
export const vanishing = (key: string): Deed => ({
  words: `${key} vanishes`,
  when: 'at rest',
  isTrouble: true,
  act: ({ things, vanished }) => {
    vanished([things.get(key)?.name ?? ''])
    things.delete(key)
  },
})

/** Somebody allows that a storage is made anew. */
export const consentTo = (place: string): Deed => ({
  words: `somebody has ${place} made anew`,
  when: 'at rest',
  // Nobody asks for it before he has been told.
  restMs: 900_000,
  act: ({ database, vanished }) => {
    vanished([])
    const config = database.everything().find(([{ kind }]) => kind === 'Config')?.[1]
    if (config === undefined) throw new Error('there is no Config')
    const annotations = { ...config.metadata.annotations, [`${OURS}recreate-storage`]: place }
    asEdited(database, { ...config, metadata: { ...config.metadata, annotations } })
  },
})

/** The Config is deleted. */
export const deletion: Deed = {
  words: 'somebody deletes the Config',
  when: 'at rest',
  act: ({ database }) => {
    const config = database.everything().find(([{ kind }]) => kind === 'Config')?.[1]
    if (config !== undefined) deleted(database, config)
  },
}
