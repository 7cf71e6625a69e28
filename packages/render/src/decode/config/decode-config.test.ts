import * as E from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'

import type { Config, Problem } from '../../model'
import { someFacts } from '../../testing/some-facts'

import { decodeConfig } from './decode-config'

const GOOD = { managementState: 'Managed', replicas: 2, storage: { emptyDir: {} } }

const decoded = (spec: unknown) =>
  decodeConfig(
    {
      apiVersion: 'imageregistry.operator.openshift.io/v1',
      kind: 'Config',
      metadata: { name: 'cluster' },
      spec: spec as null,
    },
    someFacts({ platform: 'Kubernetes' }),
  )

const problemsOf = (spec: unknown): ReadonlyArray<Problem> => {
  const config = decoded(spec)
  return E.isLeft(config) && config.left._tag === 'InvalidConfig' ? config.left.problems : []
}

const configOf = (changes: object): Config => {
  const config = decoded({ ...GOOD, ...changes })
  if (E.isLeft(config)) throw new Error(JSON.stringify(config.left))
  return config.right
}

describe('a configuration is refused', () => {
  test.each<readonly [string, object, string, RegExp]>([
    ['without a state', { managementState: undefined }, 'spec.managementState', /is missing/],
    [
      'with an unknown state',
      { managementState: 'Manged' },
      'spec.managementState',
      /one of Managed, Unmanaged, Force, Removed, got "Manged"/,
    ],
    ['with an empty state', { managementState: '' }, 'spec.managementState', /must be one of/],
    ['without replicas', { replicas: undefined }, 'spec.replicas', /is missing/],
    [
      'with negative replicas',
      { replicas: -1 },
      'spec.replicas',
      /replicas must be greater than or equal to 0/,
    ],
    ['with replicas as text', { replicas: '2' }, 'spec.replicas', /whole number, got "2"/],
    [
      'with two storages',
      { storage: { pvc: {}, emptyDir: {} } },
      'spec.storage',
      /exactly one storage type should be configured at the same time, got 2: \[EmptyDir PVC\]/,
    ],
    [
      'with all storages',
      { storage: { azure: {}, pvc: {}, ibmcos: {}, gcs: {}, swift: {}, s3: {}, emptyDir: {} } },
      'spec.storage',
      /got 7: \[EmptyDir S3 Swift GCS IBMCOS PVC Azure\]/,
    ],
    [
      'with a key for CloudFront in no Secret',
      {
        storage: {
          s3: { cloudFront: { baseURL: 'https://a', keypairID: 'b', privateKey: { key: 'c' } } },
        },
      },
      'spec.storage.s3.cloudFront.privateKey.name',
      /is missing/,
    ],
    [
      'with an unknown cloud of Azure',
      { storage: { azure: { cloudName: 'AzureUSSecCloud' } } },
      'spec.storage.azure.cloudName',
      /there is no Azure cloud of the name "AzureUSSecCloud"/,
    ],
    [
      'with a version of the identity service that is no number',
      { storage: { swift: { authVersion: 'three' } } },
      'spec.storage.swift.authVersion',
      /unable to parse authVersion/,
    ],
    [
      'with an identity service that is nowhere',
      { storage: { swift: { authURL: 'INVALID_URL' } } },
      'spec.storage.swift.authURL',
      /Incorrect Auth URL/,
    ],
    ['with Alibaba storage', { storage: { oss: {} } }, 'spec.storage.oss', /not supported/],
    [
      'with Alibaba storage beside another',
      { storage: { oss: {}, pvc: {} } },
      'spec.storage.oss',
      /not supported/,
    ],
    [
      'with a claim that cannot be',
      { storage: { pvc: { claim: 'My Claim' } } },
      'spec.storage.pvc.claim',
      /name of a PersistentVolumeClaim/,
    ],
    [
      'with an unknown kind of storage',
      { storage: { pvcs: {} } },
      'spec.storage.pvcs',
      /is not a field that exists/,
    ],
    [
      'with the name of the default route',
      { routes: [{ name: 'default-route' }] },
      'spec.routes[0].name',
      /duplication of names has been detected in the additional routes: "default-route"/,
    ],
    [
      'with two routes of one name',
      { routes: [{ name: 'a' }, { name: 'b' }, { name: 'a' }] },
      'spec.routes[2].name',
      /duplication of names has been detected in the additional routes: "a" is also the name of spec.routes\[0\]/,
    ],
    [
      'with an empty route name',
      { routes: [{ name: '' }] },
      'spec.routes[0].name',
      /must not be empty/,
    ],
    [
      'with a route name that cannot be',
      { routes: [{ name: 'A_b' }] },
      'spec.routes[0].name',
      /must be a name/,
    ],
    [
      'with two routes of one host',
      {
        routes: [
          { name: 'a', hostname: 'x.y' },
          { name: 'b', hostname: 'x.y' },
        ],
      },
      'spec.routes[1].hostname',
      /also the host name of spec.routes\[0\]/,
    ],
    [
      'with a host name that cannot be',
      { routes: [{ name: 'a', hostname: 'https://x.y' }] },
      'spec.routes[0].hostname',
      /must be a host name/,
    ],
    [
      'with a negative read limit',
      { requests: { read: { maxRunning: -1 } } },
      'spec.requests.read.maxRunning',
      /Requests.Read.MaxRunning must be positive number/,
    ],
    [
      'with a negative read queue',
      { requests: { read: { maxInQueue: -1 } } },
      'spec.requests.read.maxInQueue',
      /Requests.Read.MaxInQueue must be positive number/,
    ],
    [
      'with a negative write limit',
      { requests: { write: { maxRunning: -1 } } },
      'spec.requests.write.maxRunning',
      /Requests.Write.MaxRunning must be positive number/,
    ],
    [
      'with a negative write queue',
      { requests: { write: { maxInQueue: -1 } } },
      'spec.requests.write.maxInQueue',
      /Requests.Write.MaxInQueue must be positive number/,
    ],
    [
      'with a negative wait',
      { requests: { read: { maxWaitInQueue: '-5s' } } },
      'spec.requests.read.maxWaitInQueue',
      /must not be negative/,
    ],
    [
      'with a wait that is none',
      { requests: { read: { maxWaitInQueue: '5 seconds' } } },
      'spec.requests.read.maxWaitInQueue',
      /must be a duration/,
    ],
    [
      'D8: with an unknown TLS version',
      { observedConfig: { servingInfo: { minTLSVersion: 'TLS12' } } },
      'spec.observedConfig.servingInfo.minTLSVersion',
      /unable to generate tls config: invalid TLS version: unknown tls version "TLS12"/,
    ],
    [
      'D8: with an unknown cipher',
      { observedConfig: { servingInfo: { cipherSuites: ['TLS_AES_128_GCM_SHA256', 'x'] } } },
      'spec.observedConfig.servingInfo.cipherSuites[1]',
      /unable to generate tls config: invalid cipher suite: unknown cipher name "x"/,
    ],
    [
      'with a TLS version that is no text',
      { observedConfig: { servingInfo: { minTLSVersion: 12 } } },
      'spec.observedConfig.servingInfo.minTLSVersion',
      /failed to get servingInfo.minTLSVersion/,
    ],
    [
      'with ciphers that are no list',
      { observedConfig: { servingInfo: { cipherSuites: 'x' } } },
      'spec.observedConfig.servingInfo.cipherSuites',
      /failed to get servingInfo.cipherSuites/,
    ],
    [
      'D8: with an observed configuration that is none',
      { observedConfig: 'x' },
      'spec.observedConfig',
      /must be an object/,
    ],
    [
      'with overrides of the wrong shape',
      { unsupportedConfigOverrides: { deployment: { annotations: { a: 1 } } } },
      'spec.unsupportedConfigOverrides.deployment.annotations.a',
      /invalid unsupportedConfigOverrides: must be a string/,
    ],
    [
      'with an unknown roll-out',
      { rolloutStrategy: 'recreate' },
      'spec.rolloutStrategy',
      /must be one of RollingUpdate, Recreate/,
    ],
    [
      'with an unknown log level',
      { logLevel: 'Info' },
      'spec.logLevel',
      /must be one of "", Normal, Debug, Trace, TraceAll/,
    ],
    [
      'with a field that does not exist',
      { defaultRuote: true },
      'spec.defaultRuote',
      /is not a field that exists/,
    ],
    ['without a spec', undefined as never, 'spec.managementState', /is missing/],
  ])('%s', (_, changes, path, message) => {
    const problems = problemsOf(changes === undefined ? {} : { ...GOOD, ...changes })
    const found = problems.find((problem) => problem.path === path)
    expect(found?.message).toMatch(message)
    expect(found?.remedy).not.toBe('')
    if (changes !== undefined) expect(problems).toHaveLength(1)
  })

  test.each([null, undefined, 5, 'text', []])('when the spec is %j', (spec) => {
    expect(problemsOf(spec).map(({ path }) => path)).toEqual(['spec'])
  })

  test('with every problem at once, although what is left of a field breaks a rule', () => {
    const internal = { subnetName: { unknown: 1 } }
    const storage = { azure: { networkAccess: { type: 'External', internal } } }
    expect(problemsOf({ ...GOOD, managementState: null, storage }).map(({ path }) => path)).toEqual(
      ['spec.storage.azure.networkAccess.internal.subnetName', 'spec.managementState'],
    )
  })

  test('with a text that nothing can be told, by its length', () => {
    const [problem] = problemsOf({ ...GOOD, proxy: { noProxy: 'a,'.repeat(20_000) } })
    expect(problem).toEqual({
      path: 'spec.proxy.noProxy',
      message: 'must have at most 32768 characters, got a string of 40000 characters',
      remedy: 'shorten it',
    })
  })

  test('with a field whose name is endless, by the beginning of it', () => {
    const [problem] = problemsOf({ ...GOOD, ['x'.repeat(100_000)]: 1 })
    expect(problem?.path).toBe(`spec["${'x'.repeat(256)}…"]`)
  })

  test('with every problem at once, those of form and those of sense', () => {
    const problems = problemsOf({
      managementState: 'Managed',
      replicas: -1,
      readOnly: 'yes',
      routs: [],
      routes: [{ name: 'a' }, { nam: 'b' }, { name: 'a' }],
      requests: { read: { maxRunning: -1, maxInQueue: 'x' } },
      'strange/key': 1,
    })
    expect(problems.map(({ path }) => path).sort()).toEqual([
      'spec.readOnly',
      'spec.replicas',
      'spec.requests.read.maxInQueue',
      'spec.requests.read.maxRunning',
      'spec.routes[1].nam',
      'spec.routes[1].name',
      'spec.routes[2].name',
      'spec.routs',
      'spec.storage',
      'spec["strange/key"]',
    ])
  })

  test('with one problem for a backend of the wrong shape, and none about the choice of it', () => {
    expect(problemsOf({ ...GOOD, storage: { pvc: 'claim' } }).map(({ path }) => path)).toEqual([
      'spec.storage.pvc',
    ])
  })

  test('without ever showing the HTTP secret', () => {
    const shown = JSON.stringify([
      problemsOf({ ...GOOD, httpSecret: ['canary'] }),
      problemsOf({ ...GOOD, httpSecret: { canary: 1 } }),
    ])
    expect(shown).toContain('spec.httpSecret')
    expect(shown).not.toContain('canary')
  })

  test('as not configured when it is Managed and names no storage', () => {
    const refusal = E.left({ _tag: 'StorageNotConfigured' })
    expect(decoded({ ...GOOD, storage: undefined })).toEqual(refusal)
    expect(decoded({ ...GOOD, storage: {} })).toEqual(refusal)
    expect(decoded({ ...GOOD, storage: { managementState: 'Managed' } })).toEqual(refusal)
  })
})

// The matcher of a text is no text itself.
const GENERATED = expect.stringMatching(/^test-abc12-image-registry-[a-y]{36}$/) as string

describe('a configuration is completed', () => {
  test('with what the user left out', () => {
    expect(configOf({})).toEqual({
      uid: '',
      managementState: 'Managed',
      replicas: 2,
      rolloutStrategy: 'RollingUpdate',
      registryLogLevel: 'info',
      storage: { _tag: 'EmptyDir' },
      storageManagement: 'Managed',
      storageConsents: { recreate: '', confirmed: '', making: '' },
      claim: { size: '100Gi' },
      access: { anonymous: false, firstUser: true },
      exposure: { defaultHostname: '' },
      httpSecret: { _tag: 'Generated' },
      proxy: { http: '', https: '', noProxy: '' },
      readOnly: false,
      disableRedirect: false,
      defaultRoute: false,
      routes: [],
      requests: {
        read: { maxRunning: 0, maxInQueue: 0, maxWaitInQueueNs: 0n },
        write: { maxRunning: 0, maxInQueue: 0, maxWaitInQueueNs: 0n },
      },
      tls: { minVersion: '', cipherSuites: [] },
      overrides: { annotations: {} },
      operatorLogLevel: 'Normal',
      decisions: { finalizer: true, spec: { storage: { managementState: 'Managed' } } },
    })
  })

  test('with the user’s own values as they are', () => {
    const affinity = { podAntiAffinity: {} }
    const resources = { requests: { cpu: 1, memory: '1Gi' } }
    const constraint = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }
    const given = {
      affinity,
      resources,
      nodeSelector: {},
      tolerations: [{ operator: 'Exists' }],
      topologySpreadConstraints: [constraint],
    }
    expect(configOf(given)).toMatchObject(given)
    expect(
      configOf({
        httpSecret: 'sha256:abc',
        requests: { read: { maxRunning: 1, maxWaitInQueue: '1m30s' } },
        routes: [{ name: 'a', hostname: 'x.y', secretName: 's' }, { name: 'b' }],
        observedConfig: {
          servingInfo: { minTLSVersion: 'VersionTLS12', cipherSuites: ['TLS_AES_128_GCM_SHA256'] },
          other: 1,
        },
        unsupportedConfigOverrides: {
          deployment: { annotations: { a: 'b' }, runtimeClassName: 'kata', other: 1 },
        },
      }),
    ).toMatchObject({
      httpSecret: { _tag: 'FromSpec', digest: 'sha256:abc' },
      requests: { read: { maxRunning: 1, maxInQueue: 0, maxWaitInQueueNs: 90_000_000_000n } },
      routes: [
        { name: 'a', hostname: 'x.y', secretName: 's' },
        { name: 'b', hostname: '', secretName: '' },
      ],
      tls: { minVersion: 'VersionTLS12', cipherSuites: ['TLS_AES_128_GCM_SHA256'] },
      overrides: { annotations: { a: 'b' }, runtimeClassName: 'kata' },
    })
  })

  test('with nothing where null stands for nothing', () => {
    const nothing = {
      observedConfig: null,
      unsupportedConfigOverrides: null,
      logLevel: null,
      routes: null,
    }
    expect(configOf(nothing)).toEqual(configOf({}))
  })

  test('taking Force for Managed', () => {
    expect(configOf({ managementState: 'Force' }).managementState).toBe('Managed')
  })

  test.each([
    [{}, 'info'],
    [{ logLevel: 'Normal', logging: 1 }, 'warn'],
    [{ logging: 0 }, 'info'],
    [{ logging: 2 }, 'info'],
    [{ logging: 3 }, 'info'],
    [{ logging: 4 }, 'debug'],
    [{ logging: -1 }, 'debug'],
    [{ logLevel: 'Debug', logging: 1 }, 'debug'],
    [{ logLevel: 'Trace' }, 'debug'],
    [{ logLevel: 'TraceAll' }, 'debug'],
    [{ logLevel: '' }, 'info'],
  ])('with %j the registry logs %s', (changes, level) => {
    expect(configOf(changes).registryLogLevel).toBe(level)
  })

  test.each([
    [{ emptyDir: {} }, { _tag: 'EmptyDir' }, 'Managed'],
    [{ pvc: {} }, { _tag: 'Pvc', claim: 'image-registry-storage', origin: 'default' }, 'Managed'],
    [{ pvc: { claim: 'mine' } }, { _tag: 'Pvc', claim: 'mine', origin: 'named' }, 'Unmanaged'],
    [
      { pvc: { claim: 'mine' }, managementState: 'Managed' },
      { _tag: 'Pvc', claim: 'mine', origin: 'named' },
      'Managed',
    ],
    [{ emptyDir: {}, managementState: 'Unmanaged' }, { _tag: 'EmptyDir' }, 'Unmanaged'],
    [{ s3: {} }, { _tag: 'S3', bucket: '', chunkSizeMiB: 0, trustedCa: '' }, 'Managed'],
    [
      {
        s3: {
          bucket: 'b',
          region: 'r',
          regionEndpoint: 'e',
          keyID: 'k',
          chunkSizeMiB: 10,
          encrypt: true,
          virtualHostedStyle: true,
          trustedCA: { name: 'ca' },
          cloudFront: {
            baseURL: 'https://cdn',
            keypairID: 'p',
            privateKey: { name: 's', key: 'k' },
            duration: '5m',
          },
        },
      },
      {
        _tag: 'S3',
        bucket: 'b',
        region: 'r',
        regionEndpoint: 'e',
        keyId: 'k',
        chunkSizeMiB: 10,
        encrypt: true,
        virtualHostedStyle: true,
        trustedCa: 'ca',
        cloudFront: {
          baseUrl: 'https://cdn',
          keypairId: 'p',
          privateKey: { secret: 's', key: 'k' },
          durationNs: 300_000_000_000n,
        },
        asSpecified: { bucket: 'b', trustedCA: { name: 'ca' }, cloudFront: { duration: '5m' } },
      },
      'Unmanaged',
    ],
    [{ gcs: {} }, { _tag: 'Gcs', bucket: GENERATED, projectId: '' }, 'Managed'],
    [{ gcs: { bucket: 'b' } }, { _tag: 'Gcs', bucket: 'b' }, 'Unmanaged'],
    [
      { azure: {} },
      {
        _tag: 'Azure',
        // The matcher of a text is no text itself.
        accountName: expect.stringMatching(/^imageregistrytestab[a-z0-9]{5}$/) as string,
        container: GENERATED,
      },
      'Managed',
    ],
    [
      { azure: { accountName: 'a', container: 'con', cloudName: 'azurechinacloud' } },
      { _tag: 'Azure', accountName: 'a', container: 'con', cloudName: 'azurechinacloud' },
      'Unmanaged',
    ],
    [{ swift: {} }, { _tag: 'Swift', authUrl: '', authVersion: 3 }, 'Managed'],
    [
      {
        swift: {
          authURL: 'https://h:5000',
          authVersion: '2',
          container: 'c',
          domain: 'd',
          domainID: 'e',
          tenant: 'f',
          tenantID: 'g',
          regionName: 'h',
        },
      },
      {
        _tag: 'Swift',
        authUrl: 'https://h:5000/v2',
        authVersion: 2,
        container: 'c',
        domain: 'd',
        domainId: 'e',
        tenant: 'f',
        tenantId: 'g',
        regionName: 'h',
      },
      'Unmanaged',
    ],
    [{ ibmcos: {} }, { _tag: 'IbmCos', bucket: '', location: '' }, 'Managed'],
    [
      { ibmcos: { bucket: 'b', location: 'l' } },
      { _tag: 'IbmCos', bucket: 'b', location: 'l' },
      'Unmanaged',
    ],
  ])('with %j the storage is chosen and owned', (storage, chosen, management) => {
    expect(configOf({ storage })).toMatchObject({ storage: chosen, storageManagement: management })
  })
})

describe('Removed and Unmanaged', () => {
  test.each(['Removed', 'Unmanaged'])('%s needs no storage, and owns none', (managementState) => {
    const nothing = { storage: { _tag: 'EmptyDir' }, storageManagement: 'Unmanaged' }
    const storages = [
      undefined,
      {},
      { swift: { authVersion: 'x' } },
      { oss: {} },
      { pvc: {}, emptyDir: {} },
    ]
    storages.forEach((storage) =>
      expect(configOf({ managementState, storage })).toMatchObject(nothing),
    )
  })

  test('know the storage where it is clear', () => {
    expect(configOf({ managementState: 'Removed', storage: { pvc: {} } })).toMatchObject({
      storage: { _tag: 'Pvc', claim: 'image-registry-storage', origin: 'default' },
      storageManagement: 'Managed',
    })
  })

  test('work whatever else makes no sense, because nothing of it is used', () => {
    const nonsense = {
      replicas: -1,
      routes: [{ name: '' }],
      requests: { read: { maxRunning: -1 } },
    }
    expect(configOf({ ...nonsense, managementState: 'Removed' })).toMatchObject({
      managementState: 'Removed',
      replicas: 0,
      routes: [],
    })
  })

  test('refuse fields that are not well-formed all the same', () => {
    expect(problemsOf({ ...GOOD, managementState: 'Removed', readOnly: 1 })).toHaveLength(1)
  })
})
