import { describe, expect, it } from 'vitest'

import type { JsonObject } from '../../model'
import {
  passOver,
  runningPods,
  seenOf,
  type SomeConfig,
  somePlace,
  storageWorld,
  UID,
} from '../../testing/storage-world'

const A = 'imageregistry.operator.openshift.io/'
const S3 = somePlace('S3', true)
const AZURE = somePlace('Azure', true)
const OURS = { [`${A}config-uid`]: UID }
const AZURES = { 'imageregistry.operator.openshift.io_config-uid': UID }

const present = (marks: JsonObject, settings: JsonObject = {}, isEmpty = false): JsonObject => ({
  _tag: 'Present',
  marks,
  isEmpty,
  settings,
  details: {},
})

const error = (tag: string): JsonObject => ({
  _tag: tag,
  backend: 'S3',
  operation: 'PutBucketTagging',
  code: '403',
  message: '',
})

type Told = { readonly [type: string]: string }

/** What is told by each condition, in two words. */
const told = (place: typeof S3, config: SomeConfig, status: JsonObject): Told => {
  const { conditions } = passOver([
    ...storageWorld(place, { management: 'Managed', recorded: place.storage, ...config }),
    runningPods,
    seenOf(place.place, status),
  ]).status
  return Object.fromEntries(
    conditions.map(({ type, status: is, reason }) => [type, `${is} ${reason}`]),
  )
}

const sight = (bucket: JsonObject): JsonObject => ({ sight: { parts: { bucket } } })

describe('the settings of a storage', () => {
  it('are told each by itself, and degrade nothing', () => {
    const settings = {
      Tagged: { _tag: 'Found', value: {} },
      Encrypted: { _tag: 'NotSeen', error: error('AccessDenied') },
      PublicAccessBlocked: { _tag: 'NotSupported', error: error('Unsupported') },
      IncompleteUploadCleanupEnabled: { _tag: 'Found', value: [{ days: 1 }] },
    }
    const troubles = [
      { verb: 'ensure', part: 'bucket', setting: 'Tagged', error: error('AccessDenied') },
    ]
    expect(told(S3, {}, { ...sight(present(OURS, settings)), troubles })).toMatchObject({
      StorageTagged: 'False StorageAccessDenied',
      StorageEncrypted: 'Unknown StorageAccessDenied',
      StoragePublicAccessBlocked: 'False NotSupported',
      StorageIncompleteUploadCleanupEnabled: 'True EnableCleanupSuccessful',
      Degraded: 'False ',
    })
  })

  it('that cannot be put right, because the service does not have them, are no trouble', () => {
    const troubles = [
      { verb: 'ensure', part: 'bucket', setting: 'Tagged', error: error('Unsupported') },
    ]
    const settings = { Tagged: { _tag: 'Found', value: {} } }
    expect(told(S3, {}, { ...sight(present(OURS, settings)), troubles })['StorageTagged']).toBe(
      'False NotSupported',
    )
  })

  it('that several parts have are told once, and the worst of them', () => {
    const right = {
      Tagged: {
        _tag: 'Found',
        value: { ...AZURES, 'kubernetes.io_cluster.demo-7xk2p': 'owned' },
      },
    }
    const parts = (endpoint: JsonObject): JsonObject => ({
      sight: {
        parts: {
          account: present(AZURES, right),
          container: present({ imageregistryconfiguid: UID }),
          'private-endpoint': present(AZURES, endpoint),
          'private-dns': present(AZURES, right),
        },
      },
    })
    expect(told(AZURE, {}, parts(right))['StorageTagged']).toBe('True TaggingSuccessful')
    expect(told(AZURE, {}, parts({ Tagged: { _tag: 'Found', value: {} } }))['StorageTagged']).toBe(
      'False NotAsWanted',
    )
  })

  it('are not told of what is somebody else’s', () => {
    const settings = { Tagged: { _tag: 'Found', value: {} } }
    expect(told(S3, {}, sight(present({}, settings)))).not.toHaveProperty('StorageTagged')
  })
})

describe('a storage outside of the cluster', () => {
  it('that somebody wrongly calls ours is told to be his', () => {
    const his = { saidBy: 'kubectl-edit' }
    expect(told(S3, his, sight(present({ team: 'mine' })))['StorageExists']).toBe(
      'True StorageNotOurs',
    )
  })

  it('that is about to get our marks is ours already', () => {
    const begun = { annotations: { [`${A}makes-storage`]: S3.place } }
    expect(told(S3, begun, sight(present({}, {}, true)))['StorageExists']).toBe(
      'True S3BucketExists',
    )
  })

  it('that is denied degrades at once where images were in it', () => {
    const denied = { troubles: [{ verb: 'observe', error: error('AccessDenied') }] }
    expect(told(S3, {}, denied)).toMatchObject({
      StorageExists: 'Unknown StorageAccessDenied',
      Degraded: 'True StorageAccessDenied',
    })
  })

  it('that has vanished degrades at once, also where it was somebody else’s', () => {
    ;['Managed' as const, 'Unmanaged' as const].forEach((management) => {
      expect(told(S3, { management }, sight({ _tag: 'Absent' }))).toMatchObject({
        StorageExists: 'False StorageVanished',
        Degraded: 'True StorageVanished',
      })
    })
  })

  it('that has vanished may be made anew, whoever made it, where somebody says so', () => {
    ;['Managed' as const, 'Unmanaged' as const].forEach((management) => {
      const annotations = { [`${A}recreate-storage`]: S3.place }
      const { observation, status } = passOver([
        ...storageWorld(S3, { management, recorded: S3.storage, annotations }),
        seenOf(S3.place, sight({ _tag: 'Absent' })),
      ])
      expect(observation.config).toMatchObject({
        right: { storageManagement: 'Managed', decisions: { makesStorage: S3.place } },
      })
      expect(status.conditions).toContainEqual(
        expect.objectContaining({ type: 'StorageExists', reason: 'StorageBeingCreated' }),
      )
    })
  })

  it('is told to be there until it has gone with its registry', () => {
    const going = { state: 'Removed' } as const
    const there = told(S3, going, sight(present(OURS)))
    expect(there['StorageExists']).toBe('True S3BucketExists')
    const gone = told(S3, going, sight({ _tag: 'Absent' }))
    expect(gone['StorageExists']).toBe('False Removed')
  })

  it('whose credentials are gone is not forgotten, and holds up its removal', () => {
    const objects = storageWorld(S3, {
      management: 'Managed',
      state: 'Removed',
      recorded: S3.storage,
    }).filter(({ kind }) => kind !== 'Secret')
    const { status } = passOver([...objects, seenOf(S3.place, {})])
    const said = status.patches.find(({ object }) => object.kind === 'Config')?.object['status']
    expect(said).toMatchObject({ storage: S3.storage })
    expect(status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Progressing', status: 'True' }),
    )
  })
})

describe('a storage that has to go', () => {
  it('says why it stays while nobody can read whose it is', () => {
    const { marks: _marks, ...unmarked } = present(
      {},
      {
        Tagged: { _tag: 'NotSeen', error: error('AccessDenied') },
      },
    )
    const { conditions } = passOver([
      ...storageWorld(S3, { management: 'Managed', state: 'Removed', recorded: S3.storage }),
      seenOf(S3.place, sight(unmarked)),
    ]).status
    expect(conditions).toContainEqual(
      expect.objectContaining({
        type: 'Progressing',
        message: expect.stringContaining(
          'cannot be removed before it is known whose it is: no permission for PutBucketTagging',
        ),
      }),
    )
  })
})

describe('a storage of ours whose marks cannot be read', () => {
  it('says so, and by which request', () => {
    const { marks: _marks, ...unmarked } = present(
      {},
      { Tagged: { _tag: 'NotSeen', error: error('AccessDenied') } },
    )
    expect(told(S3, {}, sight(unmarked))['StorageTagged']).toBe('Unknown StorageAccessDenied')
    const ofUser = told(S3, { management: 'Unmanaged' }, sight(unmarked))
    expect(ofUser['StorageTagged']).toBeUndefined()
  })
})
