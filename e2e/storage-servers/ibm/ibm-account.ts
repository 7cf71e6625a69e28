import { randomBytes, randomUUID } from 'node:crypto'

import type { JsonRecord } from '../front/json-shape'

/** A service instance, as the account keeps it. */
export type IbmInstance = {
  readonly crn: string
  readonly guid: string
  readonly name: string
  readonly resourceGroupId: string
  readonly planId: string
  readonly createdAt: string
  readonly createdBy: string
  readonly tags: ReadonlyArray<string>
  parameters: JsonRecord
  state: string
  /** How often it is looked at before it is active. */
  looksUntilActive: number
}

/** A service credential, with the keys that let one in to the buckets of its instance. */
export type IbmKey = {
  readonly crn: string
  readonly guid: string
  readonly name: string
  readonly instanceCrn: string
  readonly role: string
  readonly createdAt: string
  readonly createdBy: string
  readonly hmac: Readonly<{ id: string; secret: string }> | undefined
  parameters: JsonRecord
  state: string
  /** How many requests are refused before the object storage has heard of it. */
  refusalsLeft: number
}

export type IbmGroup = Readonly<{ id: string; name: string; isDefault: boolean }>

/** All there is in an account of IBM Cloud. */
export type IbmAccount = Readonly<{
  id: string
  /** Whoever the API key stands for. */
  iamId: string
  apiKey: string
  groups: IbmGroup[]
  instances: IbmInstance[]
  keys: IbmKey[]
  /** Which instance each bucket is in. */
  bucketOwners: Map<string, string>
}>

export const STANDARD_PLAN = '744bfc56-d12c-4866-88d5-dac9139e0e5d'
export const COS_SERVICE = 'dff97f5c-bc5e-4455-b470-411c3edbe49c'

const hex = (bytes: number): string => randomBytes(bytes).toString('hex')

/** An account with two resource groups and nothing in them. */
export const ibmAccount = (): IbmAccount => ({
  id: hex(16),
  iamId: `iam-ServiceId-${randomUUID()}`,
  apiKey: hex(22),
  groups: [
    { id: hex(16), name: 'Default', isDefault: true },
    { id: hex(16), name: 'cluster-group', isDefault: false },
  ],
  instances: [],
  keys: [],
  bucketOwners: new Map(),
})

type NewInstance = Pick<IbmInstance, 'name' | 'resourceGroupId' | 'tags' | 'parameters'> &
  Readonly<{ createdBy: string; looksUntilActive: number }>

export const addInstance = (account: IbmAccount, made: NewInstance): IbmInstance => {
  const guid = randomUUID()
  const instance: IbmInstance = {
    ...made,
    guid,
    crn: `crn:v1:bluemix:public:cloud-object-storage:global:a/${account.id}:${guid}::`,
    planId: STANDARD_PLAN,
    // No two at the same time, or nobody could tell which one is older.
    createdAt: new Date(Date.now() + account.instances.length * 1000).toISOString(),
    state: made.looksUntilActive === 0 ? 'active' : 'provisioning',
  }
  account.instances.push(instance)
  return instance
}

type NewKey = Pick<IbmKey, 'name' | 'role' | 'parameters'> &
  Readonly<{ createdBy: string; refusalsLeft: number }>

export const addKey = (account: IbmAccount, instance: IbmInstance, made: NewKey): IbmKey => {
  const guid = randomUUID()
  const key: IbmKey = {
    ...made,
    guid,
    crn: instance.crn.replace(/::$/, `:resource-key:${guid}`),
    instanceCrn: instance.crn,
    createdAt: new Date().toISOString(),
    hmac: made.parameters['HMAC'] === true ? { id: hex(16), secret: hex(24) } : undefined,
    state: 'active',
  }
  account.keys.push(key)
  return key
}

/** An id in a path is a GUID, or a CRN with its slashes escaped. */
export const isNamedBy =
  (id: string) =>
  ({ guid, crn }: Readonly<{ guid: string; crn: string }>): boolean =>
    guid === id || crn === id
