import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { type JsonObject, names, type StorageKnown } from '../model'
import { someFacts } from '../testing'

import { asked } from './asked'
import { letteredName } from '../storage/generated-names'
import { generatedPlaces } from './generated-places'

const UID = 'e5b0'
const nameOf = (attempt: number): string =>
  letteredName('demo', 'us-central1', `${UID}/gcs/${attempt}`)

const onGoogle = {
  platformType: 'GCP',
  infrastructureName: 'demo',
  region: 'us-central1',
  projectId: 'mine',
  singleReplicaInfrastructure: false,
  objectStore: 'unknown' as const,
}

const taken = (bucket: string): StorageKnown => ({
  _tag: 'Looked',
  target: 'any',
  place: `gcs/${bucket}`,
  keys: {},
  troubles: [
    {
      verb: 'ensure',
      part: 'bucket',
      error: {
        _tag: 'NameTaken',
        backend: 'Gcs',
        operation: 'storage.buckets.insert',
        code: '409',
        message: '',
      },
    },
  ],
})

const places = (bucket: string, status: JsonObject = {}): JsonObject => {
  const storage = { gcs: bucket === '' ? {} : { bucket } }
  const spec = { managementState: 'Managed', storage }
  const subject = {
    apiVersion: names.CONFIG_API_VERSION,
    kind: 'Config',
    metadata: {
      name: 'cluster',
      uid: UID,
      managedFields: [
        {
          manager: names.FIELD_MANAGER,
          operation: 'Apply',
          fieldsType: 'FieldsV1',
          fieldsV1: { 'f:spec': { 'f:storage': { 'f:gcs': { 'f:bucket': {} } } } },
        },
      ],
    },
    spec,
    status,
  }
  const facts = {
    ...someFacts(),
    infrastructure: E.right(onGoogle),
    storage: bucket === '' ? ({ _tag: 'Awaited' } as const) : taken(bucket),
  }
  return generatedPlaces(storage, asked(subject, spec, facts))
}

describe('the name of a bucket that is to be made', () => {
  it('is generated, with what the cluster says of where it is', () => {
    expect(places('')).toEqual({
      gcs: { bucket: nameOf(0), projectID: 'mine', region: 'us-central1' },
    })
  })

  it('is another one where it belongs to somebody else', () => {
    expect(places(nameOf(0))).toMatchObject({ gcs: { bucket: nameOf(1) } })
  })

  it('stays when images have been there, whatever the service says', () => {
    expect(places(nameOf(0), { storage: { gcs: { bucket: nameOf(0) } } })).toEqual({})
  })

  it('stays when somebody has chosen it', () => {
    expect(places('mine')).toEqual({})
  })
})
