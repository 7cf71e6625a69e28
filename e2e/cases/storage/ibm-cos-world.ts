import type { S3 } from '@aws-sdk/client-s3'
import type { PartKind, StoragePart, StorageTarget } from '@image-registry-operator/render/model'
import type { ContractWorld } from '@image-registry-operator/storage-drivers/testing'

import {
  addInstance,
  addKey,
  type IbmAccount,
  type IbmInstance,
  type IbmKey,
} from '../../storage-servers/ibm/ibm-account'
import { bucketWorld } from './s3-bucket-world'

const WRITER = 'crn:v1:bluemix:public:iam::::serviceRole:Writer'

const partOf = ({ parts }: StorageTarget, kind: PartKind): StoragePart | undefined =>
  parts.find((part) => part.kind === kind)

const nameOf = (target: StorageTarget, kind: PartKind): string => partOf(target, kind)?.name ?? ''

const onlyBucket = (target: StorageTarget): StorageTarget => ({
  ...target,
  parts: target.parts.filter(({ kind }) => kind === 'bucket'),
})

/** The instances of the target's name that are not gone. */
export const livingInstances = (
  { instances }: IbmAccount,
  target: StorageTarget,
): ReadonlyArray<IbmInstance> =>
  instances.filter(
    ({ name, state }) =>
      name === nameOf(target, 'service-instance') && state !== 'pending_reclamation',
  )

/** The keys of the target's name, of any instance, that are not gone. */
export const livingKeys = ({ keys }: IbmAccount, target: StorageTarget): ReadonlyArray<IbmKey> =>
  keys.filter(({ name, state }) => name === nameOf(target, 'resource-key') && state === 'active')

/** Makes an instance and a key as somebody of the account would, and returns both. */
export const madeBySomebody = (
  account: IbmAccount,
  target: StorageTarget,
  { role = WRITER, HMAC = true }: Readonly<{ role?: string; HMAC?: boolean }> = {},
): Readonly<{ instance: IbmInstance; key: IbmKey }> => {
  const group = account.groups.find(({ isDefault }) => !isDefault)
  const createdBy = 'IBMid-somebody'
  const instance = addInstance(account, {
    name: nameOf(target, 'service-instance'),
    resourceGroupId: group?.id ?? '',
    tags: [],
    parameters: {},
    createdBy,
    looksUntilActive: 0,
  })
  const key = addKey(account, instance, {
    name: nameOf(target, 'resource-key'),
    role,
    parameters: { HMAC },
    createdBy,
    refusalsLeft: 0,
  })
  return { instance, key }
}

/** Instances, keys and buckets as the people of an account see and touch them. */
export const ibmCosWorld = (
  account: IbmAccount,
  s3: S3,
  options: Readonly<{ suspends: boolean }>,
): ContractWorld => {
  const buckets = bucketWorld(s3, options)
  return {
    ...buckets,
    look: async (target) => {
      const bucket = await buckets.look(onlyBucket(target))
      return bucket === undefined
        ? undefined
        : structuredClone({
            bucket,
            instances: livingInstances(account, target),
            keys: livingKeys(account, target),
          })
    },
    makeAsUser: async (target) => {
      const { instance } = madeBySomebody(account, target)
      await buckets.makeAsUser(onlyBucket(target))
      account.bucketOwners.set(nameOf(target, 'bucket'), instance.crn)
    },
    put: (target, names) => buckets.put(onlyBucket(target), names),
    unmark: async (target) => {
      for (const thing of [...livingInstances(account, target), ...livingKeys(account, target)])
        thing.parameters = 'HMAC' in thing.parameters ? { HMAC: true } : {}
      await buckets.unmark(onlyBucket(target))
    },
    destroy: async (target) => {
      await buckets.destroy(onlyBucket(target))
      account.bucketOwners.delete(nameOf(target, 'bucket'))
    },
    spoil: async (target, part, setting) => {
      await buckets.spoil?.(onlyBucket(target), part, setting)
    },
    hide: async (target) => {
      await buckets.hide?.(onlyBucket(target))
    },
    additions: {
      add: async (target) => {
        await buckets.additions?.add(onlyBucket(target))
      },
      areThere: async (target) => (await buckets.additions?.areThere(onlyBucket(target))) ?? false,
    },
  }
}
