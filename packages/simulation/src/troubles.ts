import { deleted, foundIn, replaced } from '@image-registry-operator/apply/testing'
import type { JsonObject, KubeObject } from '@image-registry-operator/render/model'

import type { Deed, Reach } from './deeds'
import { CLUSTER_CREDENTIALS, WRONG_CREDENTIALS } from './wishes/credentials'
import { pruner, type Wish } from './wishes/wish'
import { objectAt } from './wishes/world-end'

/** Something that keeps a registry from being as it is wanted, and is put right by a person. */
export type Trouble = {
  readonly name: string
  readonly begins: (reach: Reach, wish: Wish) => void
  readonly ends: (reach: Reach, wish: Wish) => void
}

const put = ({ database }: Reach, object: KubeObject): void => {
  const refusal = replaced(database, object, 'somebody')
  if (refusal !== undefined) throw new Error(`${object.kind}: ${refusal.message}`)
}

const configOf = ({ database }: Reach, { objects }: Wish): readonly [KubeObject, JsonObject] => {
  const wanted = objects.find(({ kind }) => kind === 'Config')
  const live = wanted === undefined ? undefined : foundIn(database, wanted)
  if (wanted === undefined || live === undefined) throw new Error('there is no Config')
  return [live, objectAt(wanted, 'spec')]
}

/** Somebody gets these fields of the Config wrong, and later writes the whole of it as it should be. */
const mistake = (name: string, fields: JsonObject): Trouble => ({
  name,
  begins: (reach, wish) => {
    const [live, spec] = configOf(reach, wish)
    put(reach, { ...live, spec: { ...spec, ...fields } })
  },
  ends: (reach, wish) => {
    const [live, spec] = configOf(reach, wish)
    put(reach, { ...live, spec })
  },
})

const WRONG_PRUNER = pruner({ schedule: '*/0 * * * *' })

/** What people get wrong, and what others take away. */
export const TROUBLES: ReadonlyArray<Trouble> = [
  mistake('fewer pods than none', { replicas: -1 }),
  mistake('limits below zero', { requests: { read: { maxRunning: -1 } } }),
  mistake('two storages', { storage: { emptyDir: {}, pvc: { claim: '' } } }),
  mistake('a claim that nobody has made', { storage: { pvc: { claim: 'nobodys' } } }),
  mistake('authorities that are not there', {
    storage: { s3: { bucket: 'images', region: 'eu-central-1', trustedCA: { name: 'nobodys' } } },
  }),
  mistake('a certificate that is not there', {
    routes: [{ name: 'public', hostname: 'r.example.com', secretName: 'nobodys' }],
  }),
  {
    name: 'a schedule that never comes',
    begins: (reach) => put(reach, { ...foundIn(reach.database, WRONG_PRUNER), ...WRONG_PRUNER }),
    ends: ({ database }, { objects }) => {
      deleted(database, WRONG_PRUNER)
      const wanted = objects.find(({ kind }) => kind === 'ImagePruner')
      if (wanted !== undefined) replaced(database, wanted, 'somebody')
    },
  },
  {
    name: 'no credentials',
    begins: ({ database }) => deleted(database, CLUSTER_CREDENTIALS),
    ends: (reach) => put(reach, CLUSTER_CREDENTIALS),
  },
  {
    name: 'credentials that are refused',
    begins: (reach) =>
      put(reach, { ...foundIn(reach.database, WRONG_CREDENTIALS), ...WRONG_CREDENTIALS }),
    ends: ({ database }, { objects }) => {
      const wanted = objects.find(
        ({ metadata }) => metadata.name === WRONG_CREDENTIALS.metadata.name,
      )
      if (wanted === undefined) deleted(database, WRONG_CREDENTIALS)
      else replaced(database, wanted, 'somebody')
    },
  },
  {
    name: 'clouds that let nobody in',
    begins: ({ doors }) => void (doors.isClosed = true),
    ends: ({ doors }) => void (doors.isClosed = false),
  },
]

/** Long enough for everything that is told only once it has lasted. */
const LASTS_MS = 360_000

/** The trouble, before there is a registry or when it has come to rest, and its end. */
export const deedsOf = (
  trouble: Trouble,
  wish: Wish,
  begins: 'at first' | 'at rest',
): ReadonlyArray<Deed> => [
  {
    words: `it begins: ${trouble.name}`,
    when: begins,
    isTrouble: true,
    act: (reach) => trouble.begins(reach, wish),
  },
  {
    words: `it is put right: ${trouble.name}`,
    when: 'at rest',
    restMs: LASTS_MS,
    act: (reach) => trouble.ends(reach, wish),
  },
]
