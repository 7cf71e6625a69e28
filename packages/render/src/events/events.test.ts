import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { decode } from '../decode/decode'
import {
  type ActionOutcome,
  type ApplyError,
  type ApplyObject,
  type FieldChange,
  type JsonObject,
  type KubeObject,
  names,
  type PartSight,
  refOf,
  type StorageKnown,
} from '../model'
import { someFacts } from '../testing/some-facts'
import { events, type EventInput } from './events'

const object = (
  apiVersion: string,
  kind: string,
  annotations: { readonly [key: string]: string } = {},
): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name: 'a', namespace: 'b', annotations },
})

const digest = (text: string) => ({ [names.CHECKSUM_ANNOTATION]: text })

const create = (desired: KubeObject): ApplyObject => ({
  _tag: 'ApplyObject',
  ref: refOf(desired),
  change: 'create',
  desired: { object: desired, fills: [], mode: 'converge' },
  changes: [],
})

const update = (
  before: KubeObject,
  desired: KubeObject,
  changes: ReadonlyArray<FieldChange> = [],
): ApplyObject => ({ ...create(desired), change: 'update', before, changes })

const done = (action: ApplyObject): ActionOutcome => ({ action, result: E.right(undefined) })
const failed = (action: ApplyObject, error: ApplyError): ActionOutcome => ({
  action,
  result: E.left(error),
})

const told = (input: Partial<EventInput>) =>
  events({ observation: decode([], someFacts().release), outcome: [], ...input })

const texts = (input: Partial<EventInput>) =>
  told(input).map(({ type, reason, message }) => `${type} ${reason}: ${message}`)

const DEPLOYMENT = object('apps/v1', 'Deployment', digest('wanted'))

describe('events of writes', () => {
  it('tell what was made because it was missing, of three kinds', () => {
    expect(
      texts({
        outcome: [
          ['apps/v1', 'Deployment'],
          ['apps/v1', 'DaemonSet'],
          ['networking.k8s.io/v1', 'NetworkPolicy'],
          ['v1', 'Service'],
        ].map(([apiVersion = '', kind = '']) => done(create(object(apiVersion, kind)))),
      }),
    ).toEqual([
      'Normal DeploymentCreated: Created Deployment.apps/a -n b because it was missing',
      'Normal DaemonSetCreated: Created DaemonSet.apps/a -n b because it was missing',
      'Normal NetworkPolicyCreated: Created NetworkPolicy.networking.k8s.io/a -n b because it was missing',
    ])
  })

  it('tell that the change of somebody else was put back', () => {
    expect(texts({ outcome: [done(update(DEPLOYMENT, DEPLOYMENT))] })).toEqual([
      'Normal DeploymentUpdated: Updated Deployment.apps/a -n b because it changed',
    ])
  })

  it('tell the same of what bears no digest, if it was ours before', () => {
    const policy = object('networking.k8s.io/v1', 'NetworkPolicy')
    const entry = { manager: names.FIELD_MANAGER, operation: 'Apply', fieldsV1: {} }
    const ours = { ...policy, metadata: { ...policy.metadata, managedFields: [entry] } }
    const after = (before: KubeObject) =>
      told({ outcome: [done(update(before, policy))] }).map(({ reason }) => reason)
    expect(after(ours)).toEqual(['NetworkPolicyUpdated'])
    expect(after(policy)).toEqual([])
  })

  it('tell nothing of a status', () => {
    const action = update(DEPLOYMENT, DEPLOYMENT)
    expect(
      told({
        outcome: [done({ ...action, desired: { ...action.desired, subresource: 'status' } })],
      }),
    ).toEqual([])
  })

  it('do not tell what somebody has just asked for in the Config', () => {
    const before = object('apps/v1', 'Deployment', digest('wanted before'))
    const changes: ReadonlyArray<FieldChange> = [{ path: 'spec.replicas', why: 'differs' }]
    expect(texts({ outcome: [done(update(before, DEPLOYMENT, changes))] })).toEqual([])
  })

  it('tell that another release is rolled out', () => {
    const released = (version: string) =>
      object('apps/v1', 'Deployment', { ...digest(version), [names.VERSION_ANNOTATION]: version })
    const image: FieldChange = {
      path: 'spec.template.spec.containers[name=node-ca].image',
      why: 'differs',
    }
    const daemonSet = (text: string) => object('apps/v1', 'DaemonSet', digest(text))
    expect(
      told({
        outcome: [
          done(update(released('1'), released('2'))),
          done(update(daemonSet('1'), daemonSet('2'), [image])),
        ],
      }).map(({ reason }) => reason),
    ).toEqual(['DeploymentUpdated', 'DaemonSetUpdated'])
  })

  it('tell what cannot be written, when that begins', () => {
    const ref = refOf(DEPLOYMENT)
    const forbidden: ApplyError = { _tag: 'Forbidden', ref, message: 'no' }
    const outcome = [
      failed(create(DEPLOYMENT), forbidden),
      failed(update(DEPLOYMENT, DEPLOYMENT), forbidden),
    ]
    expect(told({ outcome })).toMatchObject([
      { type: 'Warning', reason: 'DeploymentCreateFailed', lasting: true },
      { type: 'Warning', reason: 'DeploymentUpdateFailed', lasting: true },
    ])
    expect(texts({ outcome })[0]).toMatch(/Failed to create Deployment\.apps\/a -n b: .*grant it/)
  })

  it('do not tell what passes by itself', () => {
    const ref = refOf(DEPLOYMENT)
    const passing: ReadonlyArray<ApplyError> = [
      { _tag: 'Conflict', ref, message: '' },
      { _tag: 'Throttled', ref, retryAfterMs: 1 },
      { _tag: 'SourceChanged', ref, source: ref },
      { _tag: 'Unreachable', ref, cause: '' },
    ]
    expect(told({ outcome: passing.map((error) => failed(create(DEPLOYMENT), error)) })).toEqual([])
  })
})

describe('events of the TLS settings', () => {
  const config = (servingInfo?: JsonObject): KubeObject => ({
    apiVersion: names.CONFIG_API_VERSION,
    kind: 'Config',
    metadata: { name: 'cluster' },
    spec: servingInfo === undefined ? {} : { observedConfig: { servingInfo } },
  })
  const decided = (before: KubeObject, after: KubeObject): ApplyObject => ({
    ...update(before, after, [
      { path: 'spec.observedConfig.servingInfo.minTLSVersion', why: 'differs' },
    ]),
    desired: { object: after, fills: [], mode: 'decide' },
  })
  const tls12 = { minTLSVersion: 'VersionTLS12', cipherSuites: ['A', 'B'] }
  const tls13 = { minTLSVersion: 'VersionTLS13', cipherSuites: ['A'] }

  it('tell what is another thing now', () => {
    expect(texts({ outcome: [done(decided(config(tls12), config(tls13)))] })).toEqual([
      'Normal ObserveTLSSecurityProfile: minTLSVersion changed to VersionTLS13',
      'Normal ObserveTLSSecurityProfile: cipherSuites changed to [A]',
      'Normal ObservedConfigChanged: minTLSVersion changed to VersionTLS13; cipherSuites changed to [A]',
    ])
    expect(
      told({ outcome: [done(decided(config(tls12), config(tls13)))] }).map(({ from }) => from),
    ).toEqual(Array(3).fill('config-observer'))
  })

  it('do not tell that they are written down for the first time, or by other hands', () => {
    const same = { ...tls12, cipherSuites: [...tls12.cipherSuites] }
    expect(
      told({
        outcome: [
          done(decided(config(), config(tls12))),
          done(decided(config(tls12), config(same))),
        ],
      }),
    ).toEqual([])
  })

  it('tell that they cannot be written down', () => {
    const action = decided(config(tls12), config(tls13))
    const error: ApplyError = { _tag: 'Invalid', ref: action.ref, message: 'no' }
    expect(told({ outcome: [failed(action, error)] })).toMatchObject([
      { type: 'Warning', reason: 'ObservedConfigWriteError', lasting: true },
    ])
  })
})

describe('events of conditions', () => {
  type Said = {
    readonly [type: string]: readonly [status: string, since: number, reason?: string]
  }
  const config = (said: Said): KubeObject => ({
    apiVersion: names.CONFIG_API_VERSION,
    kind: 'Config',
    metadata: { name: 'cluster' },
    status: {
      conditions: Object.entries(said).map(([type, [status, since, reason = '']]) => ({
        type,
        status,
        reason,
        message: `${type} is ${status}`,
        lastTransitionTime: `2026-01-01T00:00:0${since}Z`,
      })),
    },
  })
  const between = (before: Said, after: Said, storage: StorageKnown = { _tag: 'Nobody' }) => {
    const nothing = decode([], someFacts().release)
    const facts = { ...nothing.facts, storage }
    return texts({
      observation: { ...nothing, facts, subject: config(before) },
      written: config(after),
    })
  }
  const quiet: Said = { Progressing: ['False', 0], Degraded: ['False', 0], Removed: ['False', 0] }

  it('tell that the registry has gone away, and that it has come back', () => {
    const up: Said = { ...quiet, Available: ['True', 1] }
    const down: Said = { ...quiet, Available: ['False', 2] }
    expect(between(up, down)).toEqual(['Warning Unavailable: Available is False'])
    expect(between(down, up)).toEqual(['Normal Available: Available is True'])
    const downAndMoving: Said = { ...down, Progressing: ['True', 3] }
    expect(between(downAndMoving, up)).toEqual(['Normal Available: Available is True'])
  })

  it('tell nothing of what a rollout does to availability, the first one included', () => {
    const rollout: Said = { ...quiet, Progressing: ['True', 1] }
    const up: Said = { ...quiet, Available: ['True', 3] }
    const down: Said = { ...rollout, Available: ['False', 2] }
    expect(between({ ...rollout, Available: ['True', 0] }, down)).toEqual([])
    expect(between(down, up)).toEqual([])
    expect(between({}, down)).toEqual([])
  })

  it('tell nothing of the first pods of a registry that was scaled to zero', () => {
    const none: Said = { ...quiet, Available: ['True', 1, 'ScaledToZero'] }
    expect(between(none, { ...quiet, Available: ['False', 2] })).toEqual([])
  })

  it('tell that it is degraded, and that it no longer is', () => {
    const well: Said = { ...quiet, Available: ['True', 0] }
    const ill: Said = { ...well, Degraded: ['True', 1] }
    expect(between(well, ill)).toEqual(['Warning Degraded: Degraded is True'])
    expect(between({}, ill)).toEqual(['Warning Degraded: Degraded is True'])
    expect(between(ill, ill)).toEqual([])
    expect(between(ill, well)).toEqual(['Normal Recovered: The registry is no longer degraded'])
  })

  it('tell that it has been removed', () => {
    expect(between(quiet, { ...quiet, Removed: ['True', 1] })).toEqual([
      'Normal Removed: Removed is True',
    ])
  })

  describe('of storage', () => {
    const exists = (status: string, reason: string): Said => ({
      ...quiet,
      StorageExists: [status, 1, reason],
    })
    const there = exists('True', 'S3BucketExists')
    const absent = exists('False', 'StorageBeingCreated')
    const vanished = exists('False', 'StorageVanished')
    const text = (status: string) => `StorageExists is ${status}`

    it('tell that it was made', () => {
      const created = [`Normal StorageCreated: ${text('True')}`]
      expect(between(absent, there)).toEqual(created)
      expect(between(exists('False', 'StorageAccessDenied'), there)).toEqual(created)
    })

    it('tell nothing of a storage that was there, or is only looked at', () => {
      expect(between(quiet, there)).toEqual([])
      expect(between(exists('Unknown', 'StorageUnreachable'), there)).toEqual([])
      expect(between(there, exists('Unknown', 'StorageUnreachable'))).toEqual([])
      expect(between(quiet, absent)).toEqual([])
      expect(between(there, there)).toEqual([])
      expect(between(exists('False', 'NoSuchBucket'), there)).toEqual([])
      expect(between(exists('False', 'StorageDoesNotExist'), there)).toEqual([])
      expect(between(exists('False', 'PVCDoesNotExist'), exists('True', 'PVCExists'))).toEqual([])
    })

    it('tell that it has vanished, and that it is there again, or was made anew', () => {
      expect(between(there, vanished)).toEqual([`Warning StorageVanished: ${text('False')}`])
      expect(between(vanished, vanished)).toEqual([])
      expect(between(vanished, there)).toEqual([`Normal StorageReturned: ${text('True')}`])
      expect(between(vanished, absent)).toEqual([])
    })

    it('tell once what is wrong with it and the reason of what is told in general', () => {
      const degraded = (reason: string, of: Said): Said => ({
        ...of,
        Degraded: ['True', 1, reason],
      })
      const lost = degraded('StorageVanished', vanished)
      expect(between(there, lost)).toEqual(['Warning StorageVanished: Degraded is True'])
      expect(between(lost, there)).toEqual([`Normal StorageReturned: ${text('True')}`])
      expect(between(lost, absent)).toEqual([
        'Normal Recovered: The registry is no longer degraded',
      ])
      expect(between(degraded('Unavailable', there), lost)).toEqual([
        `Warning StorageVanished: ${text('False')}`,
      ])
      expect(between(there, degraded('Unavailable', vanished))).toEqual([
        'Warning Degraded: Degraded is True',
        `Warning StorageVanished: ${text('False')}`,
      ])
      const accepted = (status: string): Said => ({
        ...quiet,
        StorageCredentialsAccepted: [status, 1],
      })
      const refused = degraded('StorageCredentialsRefused', accepted('False'))
      expect(between(accepted('True'), refused)).toEqual([
        'Warning StorageCredentialsRefused: Degraded is True',
      ])
      expect(between(refused, accepted('True'))).toEqual([
        'Normal StorageCredentialsAccepted: StorageCredentialsAccepted is True',
      ])
    })

    it('tell that it is left alone, because nothing shows that it is ours', () => {
      const notOurs = exists('True', 'StorageNotOurs')
      expect(between(there, notOurs)).toEqual([`Warning StorageNotOurs: ${text('True')}`])
      expect(between(notOurs, notOurs)).toEqual([])
      expect(between(notOurs, there)).toEqual([])
    })

    it('tell that it was removed, if it was there, and is not any more', () => {
      const removed = exists('False', 'Removed')
      const seen = (bucket: PartSight): StorageKnown => ({
        _tag: 'Looked',
        target: 'digest',
        place: 's3/images',
        sight: { parts: { bucket } },
        troubles: [],
        keys: {},
      })
      const gone = seen({ _tag: 'Absent' })
      const kept = seen({ _tag: 'Present', settings: {}, details: {} })
      expect(between(there, removed, gone)).toEqual([
        'Normal StorageRemoved: s3/images has been removed with everything in it',
      ])
      expect(between(there, removed, kept)).toEqual([])
      expect(between(there, removed)).toEqual([])
      expect(between(removed, removed, gone)).toEqual([])
      expect(between(exists('False', 'NoSuchBucket'), removed, gone)).toEqual([])
    })

    it('tell that credentials are refused, and that they no longer are', () => {
      const accepted = (status: string): Said => ({
        ...quiet,
        StorageCredentialsAccepted: [status, 1],
      })
      expect(between(accepted('Unknown'), accepted('False'))).toEqual([
        'Warning StorageCredentialsRefused: StorageCredentialsAccepted is False',
      ])
      expect(between(accepted('False'), accepted('True'))).toEqual([
        'Normal StorageCredentialsAccepted: StorageCredentialsAccepted is True',
      ])
      expect(between(quiet, accepted('True'))).toEqual([])
      expect(between(accepted('Unknown'), accepted('True'))).toEqual([])
    })

    it.each([
      'StoragePublicAccessBlocked',
      'StorageTagged',
      'StorageLabeled',
      'StorageEncrypted',
      'StorageIncompleteUploadCleanupEnabled',
    ])('tell that %s cannot be put right, and that it has been', (type) => {
      const said = (status: string, reason = ''): Said => ({
        ...quiet,
        [type]: [status, 1, reason],
      })
      const denied = said('False', 'StorageAccessDenied')
      expect(between(said('False', 'NotAsWanted'), denied)).toEqual([
        `Warning StorageHardeningFailed: ${type}: ${type} is False`,
      ])
      expect(between(denied, said('True'))).toEqual([
        `Normal StorageHardened: ${type}: ${type} is True`,
      ])
      expect(between(denied, denied)).toEqual([])
      expect(between(said('True'), said('False', 'NotAsWanted'))).toEqual([])
      expect(between(said('False', 'NotAsWanted'), said('True'))).toEqual([])
      expect(between(quiet, said('False', 'NotSupported'))).toEqual([])
    })

    it('tell that images stay behind', () => {
      const behind: Said = { ...quiet, StorageLeftBehind: ['True', 1] }
      expect(between(quiet, behind)).toEqual([
        'Warning StorageLeftBehind: StorageLeftBehind is True',
      ])
      expect(between(behind, behind)).toEqual([])
      expect(between(behind, quiet)).toEqual([])
    })
  })

  it('tell that the registry was left closed', () => {
    const left: Said = { ...quiet, LeftReadOnly: ['True', 1] }
    expect(between(quiet, left)).toEqual(['Warning LeftReadOnly: LeftReadOnly is True'])
    expect(between(left, left)).toEqual([])
    expect(between(left, quiet)).toEqual([])
  })

  it('are about the Config', () => {
    const [event] = told({ written: config({ Degraded: ['True', 1] }) })
    expect(event?.related).toMatchObject({ kind: 'Config', name: 'cluster' })
  })
})

it('tells that more, or less, is logged', () => {
  expect(texts({ logLevel: { before: 'Normal', after: 'Debug' } })).toEqual([
    'Normal OperatorLogLevelChange: Operator log level changed from "Normal" to "Debug"',
  ])
})
