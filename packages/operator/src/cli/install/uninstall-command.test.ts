import { decode, render, targetDigest } from '@image-registry-operator/render'
import {
  type JsonObject,
  type KubeObject,
  names,
  type Snapshot,
} from '@image-registry-operator/render/model'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'

import { redacted } from '../../redacted'
import { configWith } from '../../testing/openshift-objects'
import { recordedIo, TEST_RELEASE } from '../../testing/recorded-io'
import { temporaryFolder } from '../../testing/temporary-folder'
import { runCli } from '../run-cli'

const NS = 'openshift-image-registry'

const inNamespace = (kind: string, name: string, more: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: NS },
  ...more,
})

/** Who has applied it, as the API server says. */
const ours = (object: JsonObject): JsonObject => ({
  ...object,
  metadata: {
    ...(object['metadata'] as JsonObject),
    uid: '1',
    resourceVersion: '2',
    managedFields: [
      {
        manager: names.FIELD_MANAGER,
        operation: 'Apply',
        apiVersion: 'v1',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:spec': {} },
      },
    ],
  },
})

const config = (spec: JsonObject, status: JsonObject = {}): JsonObject => ({
  ...configWith(spec),
  metadata: {
    name: 'cluster',
    uid: '00000000-0000-4000-8000-000000000001',
    finalizers: ['a/b', names.FINALIZER],
  },
  status,
})

const REGISTRY: Snapshot = [
  ours({ ...inNamespace('Deployment', 'image-registry'), apiVersion: 'apps/v1' }),
  ours(inNamespace('Service', 'image-registry')),
]

const ran = async (snapshot: Snapshot | undefined, ...args: ReadonlyArray<string>) => {
  const folder = await temporaryFolder({
    'snapshot.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: snapshot ?? [] }),
  })
  const { io, out, err } = recordedIo()
  const from = snapshot === undefined ? [] : ['-f', `${folder}/snapshot.json`]
  return { code: await runCli(io, ['uninstall', ...from, ...args])(), out: out(), err: err() }
}

type Report = Readonly<
  Record<'goes' | 'stays', ReadonlyArray<{ readonly what: string; readonly why: string }>>
> & { readonly steps: ReadonlyArray<{ readonly command: string }> }

const reported = async (...snapshot: Snapshot): Promise<Report> => {
  const { code, out, err } = await ran(snapshot, '-o', 'json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out) as Report
}

const whats = (fates: Report['goes']): ReadonlyArray<string> => fates.map(({ what }) => what)

const S3 = { s3: { bucket: 'images', region: 'us-east-1' } }

/** What a look at the bucket shows, when it carries these marks of ours or none. */
const seenBucket = (snapshot: Snapshot, isMarked: boolean): JsonObject => {
  const observation = decode(
    snapshot.map((object) => redacted(object as KubeObject)),
    TEST_RELEASE,
  )
  const { storage } = render(observation, observation.facts)
  expect(storage).toBeDefined()
  const parts = (storage?.parts ?? []).map(({ kind, marks }) => [
    kind,
    { _tag: 'Present', marks: isMarked ? marks : {}, settings: {}, details: {} },
  ])
  return {
    apiVersion: names.SEEN_API_VERSION,
    kind: 'Storage',
    metadata: { name: 'cluster' },
    status: {
      target: storage === undefined ? '' : targetDigest(storage),
      place: storage?.place ?? '',
      keys: {},
      troubles: [],
      sight: {
        parts: Object.fromEntries(parts),
        contents: { objects: 12, bytes: 3456, isWhole: true },
      },
    },
  }
}

const withBucket = (isMarked: boolean, storageManagement = 'Managed'): Snapshot => {
  const storage = { ...S3, managementState: storageManagement }
  const snapshot = [
    config({ managementState: 'Removed', replicas: 1, storage }, { storage: S3 }),
    inNamespace('Secret', names.USER_CREDENTIALS_SECRET, {
      data: {
        REGISTRY_STORAGE_S3_ACCESSKEY: `sha256:${'1'.repeat(64)}`,
        REGISTRY_STORAGE_S3_SECRETKEY: `sha256:${'2'.repeat(64)}`,
      },
    }),
  ]
  return [...snapshot, ...REGISTRY, seenBucket(snapshot, isMarked)]
}

describe('uninstall', () => {
  it('says which bucket goes, and how much is in it', async () => {
    const { goes, stays } = await reported(...withBucket(true))
    expect(whats(goes)).toEqual([
      `Deployment ${NS}/image-registry`,
      `Service ${NS}/image-registry`,
      'storage s3/images: remove S3 bucket images with 12 objects, 3.38 KiB',
    ])
    expect(whats(stays)).toEqual([
      `Secret ${NS}/image-registry-private-configuration-user`,
      `Namespace ${NS}`,
      'Namespace openshift-config',
      'Namespace openshift-config-managed',
      'Namespace openshift-image-registry-nodes, where node-trust was installed',
    ])
  })

  it.each([
    [
      'without our marks',
      withBucket(false),
      'it does not carry the operator’s marks, or is not there',
    ],
    [
      'that people say is theirs',
      withBucket(true, 'Unmanaged'),
      'it is yours: spec.storage.managementState is Unmanaged',
    ],
  ])('keeps a bucket %s', async (_, snapshot, why) => {
    const { goes, stays } = await reported(...snapshot)
    expect(whats(goes).filter((what) => what.startsWith('storage'))).toEqual([])
    expect(stays[0]).toEqual({ what: 'storage s3/images', why })
  })

  it('says what nobody has looked at', async () => {
    const { stays } = await reported(...withBucket(true).slice(0, -1))
    expect(stays[0]?.why).toBe(
      'unless it carries the operator’s marks, which nobody could look for: offline, or --no-storage',
    )
  })

  it('keeps a claim of somebody else, and says that images on the nodes go', async () => {
    const { goes, stays } = await reported(
      config({ managementState: 'Managed', replicas: 1, storage: { emptyDir: {} } }),
      inNamespace('PersistentVolumeClaim', 'precious'),
    )
    expect(whats(goes)).toEqual(['all images'])
    expect(whats(stays)[0]).toBe(`PersistentVolumeClaim ${NS}/precious`)
  })

  it('has the registry removed first, the operator stopped next, and the definitions go last', async () => {
    const { steps } = await reported(
      config({ managementState: 'Managed', replicas: 1, storage: { emptyDir: {} } }),
    )
    expect(steps.map(({ command }) => command.split(' ').slice(0, 3).join(' '))).toEqual([
      `kubectl patch ${names.CONFIG_DEFINITION_NAME}/cluster`,
      `kubectl wait ${names.CONFIG_DEFINITION_NAME}/cluster`,
      `kubectl wait ${names.CONFIG_DEFINITION_NAME}/cluster`,
      'kubectl delete deployment',
      `kubectl patch ${names.CONFIG_DEFINITION_NAME}/cluster`,
      'image-registry-operator uninstall -o',
    ])
    // Only ours goes: it is the second.
    expect(steps[4]?.command).toContain('"path":"/metadata/finalizers/1"')
  })

  it('says the same for people', async () => {
    const { code, out } = await ran(withBucket(true))
    expect(code).toBe(0)
    expect(out).toContain('What goes with the registry\n- Deployment')
    expect(out).toContain('What stays\n')
    expect(out).toContain('# stop the operator, which would make a new registry')
  })

  it('needs no cluster for what holds for all, and for what is deleted last', async () => {
    const any = await ran(undefined, '--no-cluster')
    expect(any).toMatchObject({ code: 0, err: '' })
    expect(any.out).toContain('kubectl patch')
    const { code, out, err } = await ran(undefined, '-o', 'yaml')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const kinds = parseAllDocuments(out).map((document): unknown => document.get('kind'))
    expect(kinds[0]).toBe('Deployment')
    expect(kinds.at(-1)).toBe('CustomResourceDefinition')
    expect(kinds).not.toContain('Namespace')
    expect((await ran(undefined, '-o', 'yaml', '--monitoring')).out).toContain('PrometheusRule')
  })

  it('does not take an OpenShift apart', async () => {
    const { code, out, err } = await ran([
      config({ managementState: 'Managed', replicas: 1, storage: { emptyDir: {} } }),
      {
        apiVersion: 'config.openshift.io/v1',
        kind: 'Infrastructure',
        metadata: { name: 'cluster' },
      },
    ])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('this is OpenShift')
  })

  it('says that there is nothing to remove where there is no Config', async () => {
    const { goes, steps } = await reported(inNamespace('Secret', 'a'))
    expect(goes).toEqual([])
    expect(steps).toHaveLength(2)
  })
})
