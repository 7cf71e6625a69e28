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
const IBM = somePlace('IbmCos', false)
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

  it('that have no condition are told with the registry, even if the service is only too busy', () => {
    const parts = {
      account: present(AZURES, { TransportSecured: { _tag: 'Found', value: {} } }),
      container: present({ imageregistryconfiguid: UID }),
    }
    const messageWith = (setting: string): string | undefined =>
      passOver([
        ...storageWorld(AZURE, { management: 'Managed', recorded: AZURE.storage }),
        runningPods,
        seenOf(AZURE.place, {
          sight: { parts },
          troubles: [
            {
              verb: 'ensure',
              part: 'account',
              setting,
              error: { ...error('StorageThrottled'), operation: 'Update', retryAfterMs: 1_000 },
            },
          ],
        }),
      ]).status.conditions.find(({ type }) => type === 'Progressing')?.message
    expect(messageWith('TransportSecured')).toContain('Update on S3 (403')
    expect(messageWith('Tagged')).not.toContain('Update on')
  })

  it('and so is what else is asked of a storage that is there, and keeps us waiting', () => {
    const { conditions } = passOver([
      ...storageWorld(S3, { management: 'Managed', recorded: S3.storage }),
      runningPods,
      seenOf(S3.place, {
        ...sight(present({ imageregistryconfiguid: UID })),
        troubles: [
          {
            verb: 'observe',
            error: { ...error('StorageThrottled'), operation: 'GetKeys', retryAfterMs: 1_000 },
          },
        ],
      }),
    ]).status
    const message = conditions.find(({ type }) => type === 'Progressing')?.message
    expect(message).toContain('GetKeys on S3 (403')
  })

  it('of the storage before are not told of the next one', () => {
    const before = { type: 'StorageTagged', status: 'True', reason: 'TaggingSuccessful' }
    const toldOf = (recorded: JsonObject, seen: JsonObject): JsonObject | undefined =>
      passOver([
        ...storageWorld(S3, { management: 'Managed' }).map((object) =>
          object.kind === 'Config'
            ? { ...object, status: { storage: recorded, conditions: [{ ...before, message: '' }] } }
            : object,
        ),
        runningPods,
        seenOf(S3.place, seen),
      ]).status.conditions.find(({ type }) => type === 'StorageTagged')
    const another = { s3: { bucket: 'another', region: 'us-east-1' } }
    const unseen = sight({ _tag: 'Unseen', error: error('StorageUnreachable') })
    expect(toldOf(S3.storage, unseen)).toMatchObject(before)
    expect(toldOf(another, unseen)).toMatchObject({ status: 'Unknown', reason: 'NotSeenYet' })
    expect(toldOf(another, sight({ _tag: 'Absent' }))).toBeUndefined()
  })

  it('are not told of what is somebody else’s', () => {
    const settings = { Tagged: { _tag: 'Found', value: {} } }
    expect(told(S3, {}, sight(present({}, settings)))).not.toHaveProperty('StorageTagged')
  })
})

describe('a storage outside of the cluster', () => {
  it('that nobody has named is not there, and no pods are, although somebody gives a key', () => {
    const { plan, status } = passOver(
      storageWorld({
        ...AZURE,
        storage: { azure: {} },
        credentials: ['REGISTRY_STORAGE_AZURE_ACCOUNTKEY'],
      }),
    )
    expect(plan.map(({ ref: { kind } }) => kind)).toContain('Service')
    expect(plan.map(({ ref: { kind } }) => kind)).not.toContain('Deployment')
    const [exists] = status.conditions.filter(({ type }) => type === 'StorageExists')
    expect(exists).toMatchObject({ status: 'Unknown', reason: 'StorageNotProvisioned' })
    expect(exists?.message).toMatch(/accountName.*container/)
  })

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

  it('that is missing is told with what has to be set', () => {
    const { conditions } = passOver([
      ...storageWorld(IBM, { management: 'Unmanaged', saidBy: 'kubectl-edit' }),
      seenOf(IBM.place, {
        sight: { parts: { 'service-instance': { _tag: 'Absent' }, bucket: { _tag: 'Absent' } } },
      }),
    ]).status
    expect(conditions).toContainEqual(
      expect.objectContaining({
        type: 'Progressing',
        message: expect.stringContaining('serviceInstanceCRN names no service instance'),
      }),
    )
  })

  it('that is denied degrades at once where images were in it', () => {
    const denied = { troubles: [{ verb: 'observe', error: error('AccessDenied') }] }
    expect(told(S3, {}, denied)).toMatchObject({
      StorageExists: 'Unknown StorageAccessDenied',
      Degraded: 'True StorageAccessDenied',
    })
  })

  it('whose account tells no key says which request is denied, and what to do', () => {
    const denied = {
      _tag: 'AccessDenied',
      backend: 'Azure',
      operation: 'ListAccountKeys',
      code: 'AuthorizationFailed',
      message: 'no authorization to perform Microsoft.Storage/storageAccounts/listKeys/action',
    }
    const { conditions } = passOver([
      ...storageWorld(AZURE, { management: 'Managed', recorded: AZURE.storage }),
      seenOf(AZURE.place, {
        sight: {
          parts: { account: present(AZURES), container: { _tag: 'Unseen', error: denied } },
        },
      }),
    ]).status
    expect(conditions).toContainEqual(
      expect.objectContaining({
        type: 'Degraded',
        status: 'True',
        reason: 'StorageAccessDenied',
        message: expect.stringMatching(/no permission for ListAccountKeys .*listKeys.*grant it/),
      }),
    )
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
