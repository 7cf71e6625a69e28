import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { ClusterFacts, Config, InfrastructureFacts, JsonObject, KubeObject } from '../../model'
import { names } from '../../model'
import { treeOf } from '../../testing/server-side-apply'
import { someFacts } from '../../testing/some-facts'

import { decodeConfig } from '../config/decode-config'

const USER = 'kubectl-edit'
const OURS = names.FIELD_MANAGER
const ORIGINAL = names.ORIGINAL_FIELD_MANAGER
const BOOTSTRAP = names.BOOTSTRAP_FIELD_MANAGER

type Held = { readonly [manager: string]: JsonObject }

/** A Config of these fields of the spec, each as its manager has set it. */
const subject = (spec: JsonObject, held: Held | 'unknown', rest: JsonObject = {}): KubeObject => ({
  apiVersion: names.CONFIG_API_VERSION,
  kind: 'Config',
  metadata: {
    name: 'cluster',
    ...(held === 'unknown'
      ? {}
      : {
          managedFields: Object.entries(held).map(([manager, fields]) => ({
            manager,
            operation: 'Update',
            fieldsV1: treeOf({ spec: fields }),
          })),
        }),
  },
  spec: { managementState: 'Managed', replicas: 1, ...spec },
  ...rest,
})

const on = (
  platformType: string,
  objectStore: InfrastructureFacts['objectStore'] = 'unknown',
): ClusterFacts =>
  someFacts({
    tlsProfile: { minVersion: 'VersionTLS13', cipherSuites: ['TLS_AES_128_GCM_SHA256'] },
    infrastructure: E.right({
      platformType,
      infrastructureName: 'test-abc12',
      singleReplicaInfrastructure: false,
      objectStore,
    }),
  })

const METAL = on('BareMetal')
const claim = (name: string, ours: boolean) => ({ name, ours, accessModes: ['ReadWriteMany'] })
const withClaim = (name: string, ours: boolean): ClusterFacts => ({
  ...METAL,
  claims: [claim(name, ours)],
})

const configOf = (resource: KubeObject, facts: ClusterFacts = METAL): Config => {
  const config = decodeConfig(resource, facts)
  if (E.isLeft(config)) throw new Error(JSON.stringify(config.left))
  return config.right
}

const decidedIn = (...given: Parameters<typeof configOf>) => configOf(...given).decisions.spec

const DEFAULT = names.DEFAULT_CLAIM_NAME
const emptyDir = { emptyDir: {} }

describe('the TLS settings', () => {
  const wanted = {
    minTLSVersion: 'VersionTLS13',
    cipherSuites: ['TLS_AES_128_GCM_SHA256'],
  }
  const observedConfig = {
    servingInfo: {
      minTLSVersion: 'VersionTLS12',
      cipherSuites: ['TLS_AES_256_GCM_SHA384'],
    },
  }

  it('D2: are those of the cluster, and reach the pods at once', () => {
    const config = configOf(subject({ storage: emptyDir }, {}))
    expect(config.tls).toEqual({ minVersion: 'VersionTLS13', cipherSuites: wanted.cipherSuites })
    expect(config.decisions.spec['observedConfig']).toEqual({ servingInfo: wanted })
  })

  it.each([OURS, ORIGINAL, BOOTSTRAP])('are decided anew where %s has decided them', (manager) => {
    const config = configOf(
      subject({ storage: emptyDir, observedConfig }, { [manager]: { observedConfig } }),
    )
    expect(config.tls.minVersion).toBe('VersionTLS13')
    expect(config.decisions.spec['observedConfig']).toEqual({ servingInfo: wanted })
  })

  it('stay as somebody else has set them, and where it is not known who has', () => {
    const theirs = { minVersion: 'VersionTLS12', cipherSuites: ['TLS_AES_256_GCM_SHA384'] }
    const held: ReadonlyArray<Held | 'unknown'> = [{ [USER]: { observedConfig } }, 'unknown']
    held.forEach((who) => {
      const config = configOf(subject({ storage: emptyDir, observedConfig }, who))
      expect(config.tls).toEqual(theirs)
      expect(config.decisions.spec).not.toHaveProperty('observedConfig')
    })
  })

  it('may be set by somebody else in part', () => {
    const { minTLSVersion } = observedConfig.servingInfo
    const half = { observedConfig: { servingInfo: { minTLSVersion } } }
    const config = configOf(subject({ storage: emptyDir, ...half }, { [USER]: half }))
    expect(config.tls).toEqual({ minVersion: 'VersionTLS12', cipherSuites: wanted.cipherSuites })
    expect(config.decisions.spec['observedConfig']).toEqual({
      servingInfo: { cipherSuites: wanted.cipherSuites },
    })
  })

  it.each([{ observedConfig: null }, { observedConfig: { servingInfo: null } }])(
    'are decided where %j says nothing',
    (nothing) => {
      expect(configOf(subject({ storage: emptyDir, ...nothing }, 'unknown')).tls.minVersion).toBe(
        'VersionTLS13',
      )
    },
  )

  it.each([{ observedConfig: 'x' }, { observedConfig: { servingInfo: 'x' } }])(
    'of no shape, %j, are replaced if they are ours, and refused if they are not',
    (broken) => {
      const fields = { storage: emptyDir, ...broken }
      expect(configOf(subject(fields, { [ORIGINAL]: broken })).tls.minVersion).toBe('VersionTLS13')
      expect(E.isLeft(decodeConfig(subject(fields, { [USER]: broken }), METAL))).toBe(true)
    },
  )

  it('are followed in every state', () => {
    const states = ['Removed', 'Unmanaged']
    states.forEach((managementState) =>
      expect(decidedIn(subject({ managementState }, {}))).toEqual({
        observedConfig: { servingInfo: wanted },
      }),
    )
  })

  it('are left alone where the cluster asks for nothing', () => {
    const plain = someFacts({ platform: 'Kubernetes' })
    const config = configOf(
      subject({ storage: emptyDir, observedConfig }, { [OURS]: { observedConfig } }),
      plain,
    )
    expect(config.tls.minVersion).toBe('VersionTLS12')
    expect(config.decisions.spec).not.toHaveProperty('observedConfig')
  })
})

describe('the storage', () => {
  it.each([undefined, null, {}, { managementState: 'Managed' }])(
    'is the default of the platform where %j chooses none',
    (storage) => {
      const config = configOf(
        subject(storage === undefined ? {} : { storage }, { [USER]: {} }),
        on('Libvirt'),
      )
      expect(config.storage).toEqual({ _tag: 'EmptyDir' })
      expect(config.decisions.spec['storage']).toEqual({ ...emptyDir, managementState: 'Managed' })
    },
  )

  it('is the claim of the platform on OpenStack without Swift', () => {
    const config = configOf(subject({ storage: {} }, {}), on('OpenStack', 'absent'))
    expect(config.storage).toEqual({ _tag: 'Pvc', claim: DEFAULT, origin: 'default' })
    expect(config.decisions.spec['storage']).toEqual({
      pvc: { claim: DEFAULT },
      managementState: 'Managed',
    })
  })

  it.each([
    ['on bare metal', on('BareMetal')],
    ['on OpenStack before anybody has looked for Swift', on('OpenStack')],
    ['on plain Kubernetes', { ...on('Libvirt'), platform: 'Kubernetes' as const }],
    [
      'where the platform is unknown',
      someFacts({ infrastructure: E.left({ _tag: 'InfrastructureMissing' }) }),
    ],
  ])('is not configured %s', (_, facts) => {
    expect(decodeConfig(subject({ storage: {} }, {}), facts)).toEqual(
      E.left({ _tag: 'StorageNotConfigured' }),
    )
  })

  it('that we have chosen stays chosen', () => {
    const storage = { ...emptyDir, managementState: 'Managed' }
    expect(decidedIn(subject({ storage }, { [OURS]: { storage } }))['storage']).toEqual(storage)
  })

  it('that somebody else has chosen is not ours to write', () => {
    const resource = subject({ storage: emptyDir }, { [USER]: { storage: emptyDir } })
    expect(decidedIn(resource)['storage']).toEqual({ managementState: 'Managed' })
  })

  it('that somebody has chosen takes the place of the one that we have', () => {
    const storage = { ...emptyDir, pvc: { claim: DEFAULT } }
    const held = { [USER]: { storage: emptyDir }, [OURS]: { storage: { pvc: storage.pvc } } }
    const config = configOf(subject({ storage }, held), withClaim(DEFAULT, true))
    expect(config.storage).toEqual({ _tag: 'EmptyDir' })
    expect(config.decisions.spec['storage']).toEqual({ managementState: 'Managed' })
  })

  it('of two kinds is refused where both are theirs, or nobody knows whose', () => {
    const storage = { ...emptyDir, pvc: {} }
    const held: ReadonlyArray<Held | 'unknown'> = [{ [USER]: { storage } }, 'unknown']
    held.forEach((who) =>
      expect(E.isLeft(decodeConfig(subject({ storage }, who), METAL))).toBe(true),
    )
  })

  it('that is no object is refused', () => {
    expect(E.isLeft(decodeConfig(subject({ storage: 'x' }, {}), METAL))).toBe(true)
  })

  it('is not chosen by us unless it is needed', () => {
    expect(
      decidedIn(subject({ managementState: 'Removed' }, {}), on('Libvirt')),
    ).not.toHaveProperty('storage')
  })
})

describe('the name of the default claim', () => {
  const open = subject({ storage: { pvc: {} } }, { [USER]: { storage: { pvc: {} } } })

  it('is written once we have made the claim', () => {
    expect(decidedIn(open)['storage']).toEqual({ managementState: 'Managed' })
    expect(decidedIn(open, withClaim(DEFAULT, true))['storage']).toEqual({
      pvc: { claim: DEFAULT },
      managementState: 'Managed',
    })
  })

  it('is not written for a claim that somebody else has made', () => {
    expect(decidedIn(open, withClaim(DEFAULT, false))['storage']).toEqual({
      managementState: 'Managed',
    })
  })

  it.each([OURS, ORIGINAL, BOOTSTRAP])('does not name a claim where %s wrote it', (manager) => {
    const storage = { pvc: { claim: DEFAULT } }
    const resource = subject({ storage }, { [manager]: { storage } })
    const byDefault = { _tag: 'Pvc', claim: DEFAULT, origin: 'default' }
    expect(configOf(resource).storage).toEqual(byDefault)
    expect(configOf(resource, withClaim(DEFAULT, true)).storage).toEqual(byDefault)
    expect(decidedIn(resource)['storage']).toMatchObject(storage)
  })

  it('names one where somebody else wrote it, or made the claim', () => {
    const storage = { pvc: { claim: DEFAULT } }
    const byName = { _tag: 'Pvc', claim: DEFAULT, origin: 'named' }
    expect(configOf(subject({ storage }, { [USER]: { storage } })).storage).toEqual(byName)
    expect(
      configOf(subject({ storage }, { [OURS]: { storage } }), withClaim(DEFAULT, false)).storage,
    ).toEqual(byName)
  })
})

describe('who owns the storage', () => {
  const managementOf = (...given: Parameters<typeof configOf>) => {
    const { storageManagement, decisions } = configOf(...given)
    const { storage } = decisions.spec as { readonly storage?: JsonObject }
    return { owner: storageManagement, written: storage?.['managementState'] }
  }
  const named = { pvc: { claim: 'mine' } }
  const status = (storage: JsonObject, storageManaged = false) => ({
    status: { storage, storageManaged },
  })

  it('is us for what we make, and the user for what he brings', () => {
    const us = { owner: 'Managed', written: 'Managed' }
    expect(managementOf(subject({ storage: emptyDir }, {}))).toEqual(us)
    expect(managementOf(subject({ storage: { pvc: {} } }, {}))).toEqual(us)
    const user = { owner: 'Unmanaged', written: 'Unmanaged' }
    expect(managementOf(subject({ storage: named }, {}))).toEqual(user)
    expect(managementOf(subject({ storage: named }, {}), withClaim('mine', false))).toEqual(user)
  })

  it('is us for a claim that bears our mark, whoever has named it', () => {
    const storage = { pvc: { claim: DEFAULT } }
    expect(
      managementOf(subject({ storage }, { [USER]: { storage } }), withClaim(DEFAULT, true)),
    ).toEqual({ owner: 'Managed', written: 'Managed' })
  })

  it('D12: is as somebody else says, and not ours to write then', () => {
    const storage = { ...emptyDir, managementState: 'Unmanaged' }
    expect(managementOf(subject({ storage }, { [USER]: { storage } }))).toEqual({
      owner: 'Unmanaged',
    })
    expect(managementOf(subject({ storage }, 'unknown'))).toEqual({ owner: 'Unmanaged' })
  })

  it.each([OURS, ORIGINAL])('stays as %s has said while the storage is the same', (manager) => {
    const storage = { ...emptyDir, managementState: 'Unmanaged' }
    expect(
      managementOf(subject({ storage }, { [manager]: { storage } }, status(emptyDir))),
    ).toEqual({ owner: 'Unmanaged', written: 'Unmanaged' })
    const brought = { ...named, managementState: 'Managed' }
    expect(
      managementOf(
        subject({ storage: brought }, { [manager]: { storage: brought } }, status(named)),
      ),
    ).toEqual({ owner: 'Managed', written: 'Managed' })
  })

  it('is decided anew when the storage has been replaced', () => {
    const storage = { ...named, managementState: 'Managed' }
    const held = { [USER]: { storage: named }, [OURS]: { storage: { managementState: 'Managed' } } }
    const user = { owner: 'Unmanaged', written: 'Unmanaged' }
    const before = [emptyDir, { pvc: { claim: DEFAULT } }, { s3: { bucket: 'b' } }]
    before.forEach((former) =>
      expect(managementOf(subject({ storage }, held, status(former)))).toEqual(user),
    )
  })

  it.each([
    ['s3', { bucket: 'a', region: 'r' }, { bucket: 'b', region: 'r' }],
    ['gcs', { bucket: 'a' }, { bucket: 'b' }],
    ['azure', { accountName: 'x', container: 'con' }, { accountName: 'y', container: 'con' }],
    ['swift', { container: 'a' }, { container: 'b' }],
    ['ibmcos', { bucket: 'a' }, { bucket: 'b' }],
  ])('of %s goes with the place, whatever else changes', (backend, made, other) => {
    const storage = { [backend]: made, managementState: 'Managed' }
    const held = {
      [USER]: { storage: { [backend]: made } },
      [ORIGINAL]: { storage: { managementState: 'Managed' } },
    }
    const owner = (former: JsonObject) =>
      managementOf(subject({ storage }, held, status({ [backend]: former }))).owner
    expect(owner(made)).toBe('Managed')
    expect(owner({ ...made, region: 'another' })).toBe('Managed')
    expect(owner(other)).toBe('Unmanaged')
  })

  it('is decided anew where it is not known for which storage we said Managed', () => {
    const held = { [OURS]: { storage: { managementState: 'Managed' } } }
    const storage = { ...named, managementState: 'Managed' }
    expect(managementOf(subject({ storage }, held))).toMatchObject({ owner: 'Unmanaged' })
    const kept = { ...emptyDir, managementState: 'Unmanaged' }
    expect(managementOf(subject({ storage: kept }, held))).toMatchObject({ owner: 'Unmanaged' })
  })

  it('is us where an old status says so, for the storage that it is about', () => {
    expect(managementOf(subject({ storage: named }, {}, status(named, true)))).toEqual({
      owner: 'Managed',
      written: 'Managed',
    })
    expect(managementOf(subject({ storage: named }, {}, status(emptyDir, true)))).toEqual({
      owner: 'Unmanaged',
      written: 'Unmanaged',
    })
  })

  it.each<readonly [JsonObject, JsonObject]>([
    [emptyDir, emptyDir],
    [{ pvc: {} }, { pvc: { claim: DEFAULT } }],
  ])(
    'is not us where one edit names %j instead of a bucket and removes the registry: nothing was said of the bucket',
    (storage, asWritten) => {
      const owner = (said: JsonObject, former: JsonObject) =>
        managementOf(
          subject(
            { managementState: 'Removed', storage: { ...storage, ...said } },
            {},
            status(former),
          ),
        ).owner
      const bucket = { s3: { bucket: 'b' } }
      expect(owner({}, bucket)).toBe('Unmanaged')
      expect(owner({ managementState: 'Managed' }, bucket)).toBe('Managed')
      expect(owner({}, asWritten)).toBe('Managed')
    },
  )

  it('is not decided while the registry is not managed', () => {
    const removed = { managementState: 'Removed', storage: named }
    expect(managementOf(subject(removed, {}))).toEqual({ owner: 'Unmanaged' })
    const storage = { ...named, managementState: 'Managed' }
    expect(
      managementOf(subject({ ...removed, storage }, { [OURS]: { storage } }, status(emptyDir))),
    ).toEqual({ owner: 'Managed', written: 'Managed' })
  })
})

describe('the finalizer', () => {
  const guarded = (resource: KubeObject): KubeObject => ({
    ...resource,
    metadata: { ...resource.metadata, finalizers: [names.FINALIZER] },
  })

  it('is wanted while there is a registry, and stays until it has gone', () => {
    const isWanted = (resource: KubeObject) => configOf(resource).decisions.finalizer
    const removed = subject({ managementState: 'Removed' }, {})
    expect(isWanted(subject({ storage: emptyDir }, {}))).toBe(true)
    expect(isWanted(removed)).toBe(false)
    expect(isWanted(guarded(removed))).toBe(true)
  })
})

describe('a Config that is being deleted', () => {
  const going = (spec: JsonObject | undefined, apiVersion = names.CONFIG_API_VERSION) =>
    configOf({
      apiVersion,
      kind: 'Config',
      metadata: { name: 'cluster', deletionTimestamp: '2026-01-01T00:00:00Z' },
      ...(spec === undefined ? {} : { spec }),
    })

  it.each(['Managed', 'Unmanaged', 'Removed', 'Manged', ''])(
    'asks for the removal of the registry, although it says %j',
    (managementState) => {
      expect(going({ managementState, replicas: 1, storage: emptyDir }).managementState).toBe(
        'Removed',
      )
    },
  )

  it('knows its storage where that can be read', () => {
    expect(going({ managementState: 'Managed', replicas: -1, storage: { pvc: {} } })).toMatchObject(
      { storage: { _tag: 'Pvc', origin: 'default' }, storageManagement: 'Managed' },
    )
  })

  it('has no storage that could be deleted where nothing can be read', () => {
    const broken = [
      going({ managementState: 'Managed', replicas: 'x', storage: { pvc: {} } }),
      going(undefined),
      going({}, 'imageregistry.operator.openshift.io/v2'),
    ]
    broken.forEach((config) =>
      expect(config).toMatchObject({
        managementState: 'Removed',
        storageManagement: 'Unmanaged',
        decisions: { finalizer: false, spec: {} },
      }),
    )
  })
})
