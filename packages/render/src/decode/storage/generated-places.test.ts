import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import {
  type ClusterFacts,
  type InfrastructureFacts,
  type JsonObject,
  type KubeObject,
  names,
  type StorageKnown,
} from '../../model'
import { someContent, someFacts } from '../../testing'

import { asked } from '../asked'
import { accountName, letteredName } from '../../storage/generated-names'
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

const places = (
  bucket: string,
  status: JsonObject = {},
  written: Partial<KubeObject['metadata']> = {},
): JsonObject => {
  const storage = { gcs: bucket === '' ? {} : { bucket } }
  const spec = { managementState: 'Managed', storage }
  const subject = {
    apiVersion: names.CONFIG_API_VERSION,
    kind: 'Config',
    metadata: {
      name: 'cluster',
      uid: UID,
      ...written,
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

  it.each<readonly [JsonObject, JsonObject]>([
    [{ gcs: { bucket: 7 } }, { gcs: { projectID: 'mine', region: 'us-central1' } }],
    [
      { gcs: { bucket: null } },
      { gcs: { bucket: nameOf(0), projectID: 'mine', region: 'us-central1' } },
    ],
    [{ gcs: { bucket: ['a'], projectID: {}, region: false } }, {}],
    [{ swift: { container: 0 } }, {}],
  ])('never hides a value that is wrong: %j', (storage, added) => {
    const subject = { apiVersion: '', kind: 'Config', metadata: { name: 'cluster', uid: UID } }
    const facts = { ...someFacts(), infrastructure: E.right(onGoogle) }
    expect(generatedPlaces(storage, asked(subject, { storage }, facts))).toEqual(added)
  })

  it('says nothing of where the cluster is, if that is in another cloud', () => {
    const onAws = E.right({ ...onGoogle, platformType: 'AWS', region: 'eu-west-1' })
    const facts = { ...someFacts(), infrastructure: onAws }
    const subject = { apiVersion: '', kind: 'Config', metadata: { name: 'cluster', uid: UID } }
    const gcs = generatedPlaces({ gcs: {} }, asked(subject, { storage: { gcs: {} } }, facts))['gcs']
    expect(gcs).toEqual({ bucket: expect.stringMatching(/-image-registry-[a-y]+$/) as string })
  })

  it('is the same when a write of it was lost, and the Config has changed meanwhile', () => {
    const first = places('', {}, { resourceVersion: '7', generation: 1 })
    const second = places('', { observedGeneration: 1 }, { resourceVersion: '9', generation: 2 })
    expect(second).toEqual(first)
    expect(places('', {}, { uid: 'another' })).not.toEqual(first)
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

/** What is added to a storage that somebody has described so, on a cloud that says this of itself. */
const addedTo = (
  storage: JsonObject,
  cloud: Partial<InfrastructureFacts>,
  contents: ClusterFacts['contents'] = [],
): JsonObject => {
  const spec = { managementState: 'Managed', storage }
  const metadata = { name: 'cluster', uid: UID }
  const subject = { apiVersion: names.CONFIG_API_VERSION, kind: 'Config', metadata, spec }
  const infrastructure = E.right({ ...onGoogle, ...cloud })
  return generatedPlaces(storage, asked(subject, spec, someFacts({ infrastructure, contents })))
}

describe('a storage that is to be made', () => {
  const ibm = { platformType: 'IBMCloud', region: 'us-east', resourceGroup: 'theirs' }

  it('is where the cluster is, but for what somebody says', () => {
    const bucket = letteredName('demo', 'us-east', `${UID}/ibmcos/0`)
    expect(addedTo({ ibmcos: {} }, ibm)).toEqual({
      ibmcos: { bucket, location: 'us-east', resourceGroupName: 'theirs' },
    })
    const mine = { location: 'eu-de', resourceGroupName: 'mine' }
    expect(addedTo({ ibmcos: mine }, ibm)).toEqual({
      ibmcos: { bucket: letteredName('demo', 'eu-de', `${UID}/ibmcos/0`) },
    })
  })

  it('has a name for its private endpoint, also where nothing is said of the network', () => {
    const endpoint = (access: JsonObject) =>
      addedTo({ azure: { networkAccess: access } }, { platformType: 'Azure' })
    const name = accountName('demo', `${UID}/azure/endpoint`)
    ;[{ type: 'Internal' }, { type: 'Internal', internal: {} }].forEach((access) => {
      expect(endpoint(access)).toMatchObject({
        azure: { networkAccess: { internal: { privateEndpointName: name } } },
      })
    })
    const mine = { type: 'Internal', internal: { privateEndpointName: 'mine' } }
    ;[mine, { type: 'External' }].forEach((access) => {
      expect(endpoint(access)).not.toHaveProperty('azure.networkAccess')
    })
  })

  it('has no names made up where somebody gives a key of its account', () => {
    const given = someContent('Secret', names.USER_CREDENTIALS_SECRET, {
      REGISTRY_STORAGE_AZURE_ACCOUNTKEY: 'key',
    })
    const onAzure = { platformType: 'Azure' }
    expect(addedTo({ azure: {} }, onAzure)).toHaveProperty('azure.accountName')
    expect(addedTo({ azure: {} }, onAzure, [given])).toEqual({})
  })
})

it('nothing is generated while it is about to be known in which cloud a plain Kubernetes is', () => {
  const subject = { apiVersion: '', kind: '', metadata: { name: names.SINGLETON_NAME, uid: UID } }
  const placesOn = (infrastructure: InfrastructureFacts): JsonObject =>
    generatedPlaces(
      { gcs: {} },
      asked(
        subject,
        {},
        someFacts({ platform: 'Kubernetes', infrastructure: E.right(infrastructure) }),
      ),
    )
  const unknown = { ...onGoogle, platformType: '', region: '', projectId: '' }
  expect(placesOn({ ...unknown, unread: { node: 'a' } })).toEqual({})
  expect(Object.keys(placesOn({ ...unknown, unread: {} }))).toEqual(['gcs'])
  expect(placesOn(onGoogle)).toMatchObject({ gcs: { region: 'us-central1', projectID: 'mine' } })
})
