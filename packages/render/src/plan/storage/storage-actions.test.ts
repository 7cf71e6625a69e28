import { describe, expect, it } from 'vitest'

import { type JsonObject, names } from '../../model'
import {
  passOver,
  runningPods,
  seenOf,
  type SomeConfig,
  somePlace,
  storageWorld,
  UID,
} from '../../testing/storage-world'
import { describeAction } from '../describe-action'

const A = 'imageregistry.operator.openshift.io/'
const OURS = { [`${A}config-uid`]: UID }
const S3 = somePlace('S3', true)
const AZURE = somePlace('Azure', false)
const IBM = somePlace('IbmCos', false)

const present = (marks: JsonObject, isEmpty = false): JsonObject => ({
  _tag: 'Present',
  marks,
  isEmpty,
  settings: {},
  details: {},
})

const ABSENT = { _tag: 'Absent' }

const planned = (
  place: typeof S3,
  config: SomeConfig,
  parts: JsonObject,
  rest: JsonObject = {},
): ReadonlyArray<string> =>
  passOver([
    ...storageWorld(place, { management: 'Managed', ...config }),
    seenOf(place.place, { sight: { parts }, ...rest }),
  ]).plan.flatMap((action) => {
    if (action._tag === 'EnsureStorage')
      return action.steps.map(({ _tag, part }) => `${_tag} ${part}`)
    return action._tag === 'RemoveStorage' ? action.parts.map(({ part }) => `remove ${part}`) : []
  })

const making = { annotations: { [`${A}makes-storage`]: AZURE.place } }
const going = { state: 'Removed', saidBy: 'kubectl-edit', recorded: AZURE.storage } as const
const marked = { 'imageregistry.operator.openshift.io_config-uid': UID }
const ourContainer = present({ imageregistryconfiguid: UID })

describe('the storage of a registry', () => {
  it('is not begun a second time while it is being made', () => {
    const work = { verb: 'ensure', step: 'create bucket', removedObjects: 0 }
    const begun = { annotations: { [`${A}makes-storage`]: S3.place } }
    expect(planned(S3, begun, { bucket: ABSENT })).toContain('Create bucket')
    expect(planned(S3, begun, { bucket: ABSENT }, { work })).toEqual([])
  })

  it('is made part by part', () => {
    const all = { account: ABSENT, container: ABSENT, 'private-endpoint': ABSENT }
    expect(planned(AZURE, making, all).filter((step) => step.startsWith('Create'))).toEqual([
      'Create account',
      'Create private-endpoint',
      'Create container',
    ])
  })

  it('is not marked where it is an account without tags: that may be anybody’s', () => {
    const parts = { account: present({}, true), container: present({}, true) }
    expect(planned(AZURE, making, parts)).toEqual(['Mark container'])
  })

  it('has each setting put right that is not as wanted, tags as well', () => {
    const resourceTags = [{ parentID: '123', key: 'cost', value: 'x' }]
    const gcs = somePlace('Gcs', true)
    const tagged = { ...gcs, platform: { type: 'GCP', gcp: { resourceTags } } }
    const settings = { Tagged: { _tag: 'Found', value: {} } }
    const bucket = { ...present({ 'imageregistry-operator-config-uid': UID }), settings }
    expect(planned(tagged, { recorded: gcs.storage }, { bucket })).toEqual(['Set bucket'])
    expect(planned(gcs, { recorded: gcs.storage }, { bucket })).toEqual([])
  })

  it('is not made where somebody has said no more than that it is his', () => {
    const open = { ...S3, storage: {}, place: 's3/demo-7xk2p-image-registry-us-east-1' }
    const annotations = { [`${A}makes-storage`]: open.place }
    const steps = (saidBy: string) =>
      planned(open, { annotations, management: 'Unmanaged', saidBy }, { bucket: ABSENT })
    expect(steps(names.FIELD_MANAGER)).toContain('Create bucket')
    expect(steps('kubectl-edit')).toEqual([])
  })

  it('gets what belongs to it without being written down once more', () => {
    const parts = { account: present({}), container: ourContainer, 'private-endpoint': ABSENT }
    expect(planned(AZURE, {}, parts)).toContain('Create private-endpoint')
    expect(planned(AZURE, {}, { ...parts, container: present({}) })).toEqual([])
  })

  it('is closed to the public network once there is another way, and not before', () => {
    const settings = { NetworkAccess: { _tag: 'Found', value: { public: 'Enabled' } } }
    const open = { account: { ...present(marked), settings }, container: ourContainer }
    const endpoint = { 'private-endpoint': present(marked) }
    const closing = 'Set account'
    expect(planned(AZURE, {}, { ...open, 'private-endpoint': ABSENT })).not.toContain(closing)
    expect(planned(AZURE, {}, { ...open, ...endpoint })).not.toContain(closing)
    expect(planned(AZURE, {}, { ...open, ...endpoint, 'private-dns': ABSENT })).not.toContain(
      closing,
    )
    const foreign = { 'private-endpoint': present({ marks: {} }), 'private-dns': present(marked) }
    expect(planned(AZURE, {}, { ...open, ...foreign })).not.toContain(closing)
    const whole = { ...open, ...endpoint, 'private-dns': present(marked) }
    expect(planned(AZURE, {}, whole)).toContain(closing)
  })

  it('gets a key for its pods, whosever it is, and nothing else where it is a user’s', () => {
    const keyless = { _tag: 'Present', settings: {}, details: {} }
    const parts = { 'service-instance': present({}), 'resource-key': ABSENT, bucket: keyless }
    const his = { management: 'Unmanaged', saidBy: 'kubectl-edit' } as const
    expect(planned(IBM, his, parts)).toEqual(['Create resource-key'])
    // Without a key nobody can see whose it is.
    expect(planned(IBM, {}, parts)).toEqual(['Create resource-key'])
    expect(planned(IBM, his, { ...parts, 'resource-key': present({}) })).toEqual([])
    expect(planned(IBM, his, { ...parts, bucket: ABSENT })).toEqual([])
  })
})

describe('the storage of a registry that goes', () => {
  it('goes from its last part to its first', () => {
    const parts = {
      account: present(marked),
      container: ourContainer,
      'private-endpoint': present(marked),
      'private-dns': present(marked),
    }
    expect(planned(AZURE, going, parts)).toEqual([
      'remove container',
      'remove private-dns',
      'remove private-endpoint',
      'remove account',
    ])
  })

  it('goes with its instance and its key, where it is of IBM', () => {
    const ibm = somePlace('IbmCos', true)
    const leaving = { ...going, recorded: ibm.storage }
    const all = { 'service-instance': present(OURS), 'resource-key': present(OURS) }
    expect(planned(ibm, leaving, { ...all, bucket: present(OURS) })).toEqual([
      'remove bucket',
      'remove resource-key',
      'remove service-instance',
    ])
    const theirs = { ...all, 'service-instance': present({ team: 'mine' }), bucket: ABSENT }
    expect(planned(ibm, leaving, theirs)).toEqual(['remove resource-key'])
  })

  it('keeps the account while a container is there that is not ours, or not seen', () => {
    const error = {
      _tag: 'AccessDenied',
      backend: 'Azure',
      operation: 'GetContainer',
      code: '403',
      message: '',
    }
    ;[present({}), { _tag: 'Unseen', error }].forEach((container) => {
      expect(planned(AZURE, going, { account: present(marked), container })).toEqual([])
    })
    expect(planned(AZURE, going, { account: present(marked), container: ABSENT })).toEqual([
      'remove account',
    ])
  })

  it('is also that which was being made, of which no status knows yet', () => {
    const begun = { state: 'Removed', annotations: { [`${A}makes-storage`]: S3.place } } as const
    expect(planned(S3, begun, { bucket: present(OURS) })).toEqual(['remove bucket'])
  })

  it('is marked first where we made it and did not come to say so', () => {
    const begun = { state: 'Removed', annotations: { [`${A}makes-storage`]: S3.place } } as const
    expect(planned(S3, begun, { bucket: present({}, true) })).toEqual(['Mark bucket'])
    expect(planned(S3, begun, { bucket: present({}) })).toEqual([])
    expect(planned(S3, begun, { bucket: present({ team: 'mine' }, true) })).toEqual([])
  })

  it.each<readonly [string, (typeof S3)['storage']]>([
    ['a claim', { pvc: { claim: 'mine' } }],
    ['another cloud', { azure: {} }],
    ['no storage that is known', { oss: {} }],
    ['two kinds of storage', { ...S3.storage, emptyDir: {} }],
  ])('is the one that images were in, though its spec names %s now', (_, storage) => {
    const recorded = { ...S3.storage, managementState: 'Managed' }
    const removed = (config: SomeConfig) =>
      planned({ ...S3, storage }, { recorded, ...config }, { bucket: present(OURS) })
    ;[{ state: 'Removed' } as const, { isGoing: true }].forEach((leaving) => {
      expect(removed({ management: 'Managed', ...leaving })).toEqual(['remove bucket'])
      expect(removed({ management: 'Unmanaged', ...leaving })).toEqual([])
    })
  })

  it('stays where its spec names another one, and does not say any more that it was ours', () => {
    const seen = seenOf(S3.place, { sight: { parts: { bucket: present(OURS) } } })
    const recorded = { ...S3.storage, managementState: 'Managed' }
    ;[{}, { pvc: { claim: 'mine' } }, { ...S3.storage, emptyDir: {} }].forEach((storage) => {
      const world = storageWorld({ ...S3, storage }, { state: 'Removed', recorded })
      expect(passOver([...world, seen]).plan.map(({ _tag }) => _tag)).not.toContain('RemoveStorage')
    })
  })

  it('stays where somebody says that it is his', () => {
    const his = { ...going, management: 'Unmanaged' } as const
    expect(planned(AZURE, his, { account: present(marked), container: ourContainer })).toEqual([])
  })
})

describe('a Config that is being deleted', () => {
  const deleted = (config: SomeConfig, status?: JsonObject): boolean =>
    passOver([
      ...storageWorld(S3, { management: 'Managed', isGoing: true, ...config }),
      ...(status === undefined ? [] : [seenOf(S3.place, status)]),
    ]).plan.some((action) => describeAction(action).startsWith('release Config'))
  const inUse = { recorded: S3.storage }

  it('waits until nothing of its storage is left that is ours, or may be', () => {
    expect(deleted(inUse, { sight: { parts: { bucket: present(OURS) } } })).toBe(false)
    expect(deleted(inUse, {})).toBe(false)
    expect(deleted(inUse, { sight: { parts: { bucket: ABSENT } } })).toBe(true)
    expect(deleted(inUse, { sight: { parts: { bucket: present({ team: 'mine' }) } } })).toBe(true)
  })

  it('waits for what was made, and is not marked yet', () => {
    const annotations = { [`${A}makes-storage`]: S3.place }
    const half = { sight: { parts: { bucket: present({}, true) } } }
    expect(deleted({ annotations }, half)).toBe(false)
    expect(deleted({}, half)).toBe(true)
  })

  it('waits for what is under way', () => {
    const work = { verb: 'remove', step: 'empty bucket', removedObjects: 3 }
    expect(deleted(inUse, { sight: { parts: { bucket: ABSENT } }, work })).toBe(false)
  })

  it('does not wait where nobody looks, or where the storage is given away', () => {
    expect(deleted(inUse)).toBe(true)
    expect(
      deleted(
        { ...inUse, management: 'Unmanaged', saidBy: 'kubectl-edit' },
        { sight: { parts: { bucket: present(OURS) } } },
      ),
    ).toBe(true)
  })

  it('waits for the storage that it was to have next', () => {
    const changed = {
      recorded: { s3: { bucket: 'former', region: 'us-east-1' } },
      annotations: { [`${A}makes-storage`]: S3.place },
    }
    const objects = [
      ...storageWorld(S3, { management: 'Managed', isGoing: true, ...changed }),
      seenOf('s3/former', { sight: { parts: { bucket: ABSENT } } }),
    ]
    const { plan, status } = passOver(objects)
    expect(plan.map(describeAction).join()).not.toContain('release')
    const said = status.patches.find(({ object }) => object.kind === 'Config')?.object['status']
    expect(said).toMatchObject({ storage: { managementState: 'Unmanaged' } })
    expect(said).not.toHaveProperty('storage.s3')
  })

  it('keeps what was ours in mind, even where its spec cannot be used', () => {
    const [infrastructure, secret, config] = storageWorld(S3, {
      isGoing: true,
      recorded: { ...S3.storage, managementState: 'Managed' },
    })
    if (infrastructure === undefined || secret === undefined || config === undefined)
      throw new Error('a world has three objects')
    const broken = { ...config, spec: { managementState: 'Managed', replicas: 'x' } }
    const seen = seenOf(S3.place, { sight: { parts: { bucket: present(OURS) } } })
    const { plan } = passOver([infrastructure, secret, broken, seen])
    expect(plan.map(({ _tag }) => _tag)).toContain('RemoveStorage')
  })
})

it('pods that are there keep the storage, whatever is to become of it', () => {
  const objects = [
    ...storageWorld(S3, { management: 'Managed', state: 'Removed', recorded: S3.storage }),
    seenOf(S3.place, { sight: { parts: { bucket: present(OURS) } } }),
  ]
  const removes = (all: typeof objects): boolean =>
    passOver(all).plan.some(({ _tag }) => _tag === 'RemoveStorage')
  expect(removes(objects)).toBe(true)
  expect(removes([...objects, runningPods])).toBe(false)
})
