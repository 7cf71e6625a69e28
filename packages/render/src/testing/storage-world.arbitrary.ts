import * as fc from 'fast-check'

import {
  type JsonObject,
  type KubeObject,
  type Marks,
  names,
  type PartKind,
  type SettingName,
  type StorageBackend,
} from '../model'
import {
  CLUSTER,
  runningPods,
  seenOf,
  type SomePlace,
  somePlace,
  storageWorld,
  UID,
} from './storage-world'

/** All clouds. */
export const BACKENDS: ReadonlyArray<StorageBackend> = ['S3', 'Gcs', 'Azure', 'Swift', 'IbmCos']

/** What a storage of each consists of. */
export const PARTS: { readonly [Backend in StorageBackend]: ReadonlyArray<PartKind> } = {
  S3: ['bucket'],
  Gcs: ['bucket'],
  Azure: ['account', 'private-endpoint', 'private-dns', 'container'],
  Swift: ['container'],
  IbmCos: ['service-instance', 'resource-key', 'bucket'],
}

/** What services show of us: said here once more, so that nothing else need be believed. */
export const OURS: Marks = {
  'imageregistry.operator.openshift.io/config-uid': UID,
  'imageregistry.operator.openshift.io_config-uid': UID,
  'imageregistry-operator-config-uid': UID,
  'imageregistry-config-uid': UID,
  imageregistryconfiguid: UID,
}
/** And of the original. */
export const ORIGINALS: Marks = {
  [`kubernetes.io/cluster/${CLUSTER}`]: 'owned',
  [`kubernetes.io_cluster.${CLUSTER}`]: 'owned',
  [`kubernetes.io_cluster_${CLUSTER}`]: 'owned',
  [`kubernetes-io-cluster-${CLUSTER}`]: 'owned',
  openshiftclusterid: CLUSTER,
}
const SOMEBODYS: Marks = { team: 'mine', 'imageregistry-config-uid': 'another' }

const error = fc.record({
  _tag: fc.constantFrom(
    'AccessDenied',
    'CredentialsRefused',
    'NameTaken',
    'QuotaExceeded',
    'Unsupported',
    'StorageNotFound',
    'StorageConflict',
    'StorageFailed',
    'StorageUnreachable',
    'MarksMissing',
  ),
  backend: fc.constantFrom(...BACKENDS),
  operation: fc.constantFrom('HeadBucket', 'PutBucketTagging'),
  code: fc.constantFrom('403', 'none'),
  message: fc.constantFrom('', 'no'),
})

const SETTINGS: ReadonlyArray<SettingName> = [
  'PublicAccessBlocked',
  'Tagged',
  'Labeled',
  'Encrypted',
  'IncompleteUploadCleanupEnabled',
  'UniformAccess',
  'TransportSecured',
  'SharedKeyAccess',
  'NetworkAccess',
]

const setting = fc.oneof(
  fc.record({ _tag: fc.constant('Found'), value: fc.constantFrom(null, {}, [{ days: 1 }], 'x') }),
  fc.record({ _tag: fc.constantFrom('NotSupported', 'NotSeen'), error }),
)

const present = fc.record(
  {
    _tag: fc.constant('Present'),
    marks: fc.constantFrom({}, OURS, OURS, ORIGINALS, SOMEBODYS, { ...SOMEBODYS, ...OURS }),
    isEmpty: fc.boolean(),
    settings: fc.dictionary(fc.constantFrom(...SETTINGS), setting, { maxKeys: 4 }),
    details: fc.constant({}),
  },
  { requiredKeys: ['_tag', 'settings', 'details'] },
)

const part = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ _tag: 'Absent' }) },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constant('Unseen'), error }) },
  { weight: 4, arbitrary: present },
)

const trouble = (kinds: ReadonlyArray<PartKind>) =>
  fc.record(
    {
      verb: fc.constantFrom('observe', 'ensure', 'remove'),
      part: fc.constantFrom(...kinds),
      setting: fc.constantFrom(...SETTINGS),
      error,
    },
    { requiredKeys: ['verb', 'error'] },
  )

const sightOf = (kinds: ReadonlyArray<PartKind>) =>
  fc.record(
    {
      parts: fc.record(Object.fromEntries(kinds.map((kind) => [kind, part]))),
      contents: fc.record({ objects: fc.nat(), bytes: fc.nat(), isWhole: fc.boolean() }),
    },
    { requiredKeys: ['parts'] },
  )

/** A field that is there now and then; most of the time it would hide what a law is about. */
const rarely = <A>(name: string, value: fc.Arbitrary<A>): fc.Arbitrary<object> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: value.map((some) => ({ [name]: some })) },
  )

const work = fc.record({
  verb: fc.constantFrom('ensure', 'remove'),
  step: fc.constant('create bucket'),
  removedObjects: fc.nat(),
})

const looked = (kinds: ReadonlyArray<PartKind>): fc.Arbitrary<JsonObject> =>
  fc
    .tuple(
      fc.record(
        { sight: sightOf(kinds), troubles: fc.array(trouble(kinds), { maxLength: 2 }) },
        { requiredKeys: ['troubles'] },
      ),
      rarely('work', work),
      rarely('target', fc.constant('another')),
    )
    // What was made here is JSON.
    .map((fields): JsonObject => Object.assign({}, ...fields) as JsonObject)

const seen = ({ backend, place }: SomePlace): fc.Arbitrary<ReadonlyArray<KubeObject>> =>
  fc.oneof(
    { weight: 6, arbitrary: looked(PARTS[backend]).map((status) => [seenOf(place, status)]) },
    fc.constant([{ ...seenOf(place, {}), status: { awaited: true } }]),
    fc.constant([]),
  )

const A = 'imageregistry.operator.openshift.io/'

const config = ({ place, storage }: SomePlace) =>
  fc.record(
    {
      state: fc.constantFrom('Managed' as const, 'Removed' as const, 'Unmanaged' as const),
      annotations: fc.record(
        {
          [`${A}makes-storage`]: fc.constantFrom(place, place, 's3/other'),
          [`${A}recreate-storage`]: fc.constantFrom(place, 's3/other'),
          [`${A}recreate-storage-spent`]: fc.constantFrom('', '', place, 's3/other'),
          [`${A}deletion-guard`]: fc.constantFrom('1Ki', 'x', '8Gi'),
          [`${A}confirm-deletion`]: fc.constantFrom(place, place, 's3/other'),
        },
        { requiredKeys: [] },
      ),
      management: fc.constantFrom('Managed' as const, 'Managed' as const, 'Unmanaged' as const),
      saidBy: fc.constantFrom('kubectl-edit', names.FIELD_MANAGER, names.ORIGINAL_FIELD_MANAGER),
      recorded: fc.constantFrom<JsonObject>(
        storage,
        storage,
        { ...storage, managementState: 'Managed' },
        { s3: { bucket: 'other', region: 'r' } },
        { emptyDir: {} },
      ),
      isGoing: fc.constantFrom(true, false, false, false),
    },
    { requiredKeys: ['state'] },
  )

/** A cluster with a Config that has, or is to have, its images in that place. */
export type World = { readonly place: SomePlace; readonly objects: ReadonlyArray<KubeObject> }

const place = fc
  .record({ backend: fc.constantFrom(...BACKENDS), isGenerated: fc.boolean() })
  .map(({ backend, isGenerated }) => somePlace(backend, isGenerated))

/** Anything that can be seen, and anything that can be said of it. */
export const world: fc.Arbitrary<World> = place.chain((where) =>
  fc
    .record({
      config: config(where),
      seen: seen(where),
      pods: fc.constantFrom([], [runningPods]),
    })
    .map(({ config: given, seen: storage, pods }) => ({
      place: where,
      objects: [...storageWorld(where, given), ...storage, ...pods],
    })),
)

/** A registry with its images where the Config says. */
const worldWith = (
  changes: Parameters<typeof storageWorld>[1],
  pods: ReadonlyArray<KubeObject>,
): fc.Arbitrary<World> =>
  place.chain((where) =>
    fc.record({ config: config(where), seen: looked(PARTS[where.backend]) }).map((given) => ({
      place: where,
      objects: [
        ...storageWorld(where, { ...given.config, recorded: where.storage, ...changes }),
        seenOf(where.place, given.seen),
        ...pods,
      ],
    })),
  )

/** A registry that runs. */
export const worldInUse = worldWith({ state: 'Managed', isGoing: false }, [runningPods])

/** Its pods have gone, and somebody says that the storage is to go with it. */
export const worldThatGoes = worldWith(
  { state: 'Removed', management: 'Managed', saidBy: 'kubectl-edit', annotations: {} },
  [],
)
