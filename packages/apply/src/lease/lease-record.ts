import {
  isJsonObject,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'

/** What a Lease says, as far as election goes. An empty holder has released it. */
export type LeaseRecord = {
  readonly holder: string
  readonly durationMs: number
  readonly renewTime: string
  readonly acquireTime: string
  readonly transitions: number
}

const spec = (lease: KubeObject): JsonObject => (isJsonObject(lease['spec']) ? lease['spec'] : {})

const text = (fields: JsonObject, name: string): string => {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}

const count = (fields: JsonObject, name: string): number => {
  const value = fields[name]
  return typeof value === 'number' ? value : 0
}

export const leaseRecord = (lease: KubeObject): LeaseRecord => {
  const fields = spec(lease)
  return {
    holder: text(fields, 'holderIdentity'),
    durationMs: count(fields, 'leaseDurationSeconds') * 1000,
    renewTime: text(fields, 'renewTime'),
    acquireTime: text(fields, 'acquireTime'),
    transitions: count(fields, 'leaseTransitions'),
  }
}

/** The Lease with that record. Durations are whole seconds and at least one. */
export const withRecord = (lease: KubeObject, record: LeaseRecord): KubeObject => ({
  ...lease,
  spec: {
    ...spec(lease),
    holderIdentity: record.holder,
    leaseDurationSeconds: Math.max(1, Math.round(record.durationMs / 1000)),
    acquireTime: record.acquireTime,
    renewTime: record.renewTime,
    leaseTransitions: record.transitions,
  },
})

/** Times of Leases have microseconds. */
export const microTime = (wallMs: number): string =>
  new Date(wallMs).toISOString().replace('Z', '000Z')
