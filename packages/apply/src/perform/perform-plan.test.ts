import { createHash } from 'node:crypto'

import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import {
  keyOf,
  names,
  refOf,
  type Action,
  type ActionOutcome,
  type CopiedValue,
  type DesiredObject,
  type Fill,
  type IssuedValue,
  type JsonObject,
  type KubeObject,
  type ObjectRef,
} from '@image-registry-operator/render/model'

import { httpKubeClient } from '../client/http-kube-client'
import type { KubeClient } from '../client/kube-client'
import { startInMemoryApiServer, type InMemoryApiServer } from '../testing/in-memory-api-server'
import type { Written } from '../ports'
import type { PerformDeps } from './perform-deps'
import { performPlan } from './perform-plan'
import { writeStatus } from './write-status'

const NS = names.REGISTRY_NAMESPACE
const VALUE = 'a password that nobody may see'

const digest = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`

const namespace: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NS } }

const secret = (name: string, data: { readonly [key: string]: string } = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: NS },
  data,
})

const configMap = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: NS },
  data: { key: 'value' },
})

/** A stand-in for the real one, which lives in the core. */
const redact = (object: KubeObject): KubeObject =>
  object.kind === 'Secret'
    ? {
        ...object,
        data: Object.fromEntries(
          Object.entries(object['data'] ?? {}).map(([key, value]) => [
            key,
            digest(Buffer.from(String(value), 'base64').toString()),
          ]),
        ),
      }
    : object

const apply = (desired: Partial<DesiredObject> & Pick<DesiredObject, 'object'>): Action => ({
  _tag: 'ApplyObject',
  ref: refOf(desired.object),
  change: 'create',
  desired: { fills: [], mode: 'converge', ...desired },
  changes: [],
})

const copyFrom = (ref: ObjectRef, path: ReadonlyArray<string>, text: string): CopiedValue => ({
  _tag: 'CopyOf',
  ref,
  path,
  digest: digest(text),
})

const copyOf = (ref: ObjectRef, path: ReadonlyArray<string>, text: string): Fill => ({
  path: ['data', 'copied'],
  encoding: 'base64',
  source: copyFrom(ref, path, text),
})

describe('performing a plan', () => {
  let server: InMemoryApiServer
  let client: KubeClient
  let leading = true
  let remembered: Array<Written> = []

  beforeEach(async () => {
    server = await startInMemoryApiServer({ objects: [namespace] })
    const made = httpKubeClient({ source: { _tag: 'Url', url: server.url }, userAgent: 'test/1' })
    if (E.isLeft(made)) throw new Error(made.left.message)
    client = made.right
    leading = true
    remembered = []
    known = []
    issues = []
  })
  afterEach(async () => {
    client.close()
    await server.close()
  })

  let known: ReadonlyArray<KubeObject> = []
  let issues: Array<Parameters<PerformDeps['issue']>> = []
  const deps = (): PerformDeps => ({
    client,
    valuesOf: (ref) => O.fromNullable(known.find((object) => keyOf(refOf(object)) === keyOf(ref))),
    extracted: (document, { cloud, field }) =>
      document.startsWith(`${cloud} ${field} `)
        ? O.some(document.slice(`${cloud} ${field} `.length))
        : O.none,
    redact,
    randomBytes: (count) => () => new Uint8Array(count).fill(0xab),
    issue: (request, material) => () => {
      issues.push([request, material])
      const nth = issues.length
      return Promise.resolve(
        request.days === 0
          ? E.left('it has no life')
          : E.right({ certificate: `certificate ${nth}`, key: `key ${nth}` }),
      )
    },
    hashPassword: (password) => () => Promise.resolve(`hash of ${password.length} letters`),
    remember: (written) => () => {
      remembered.push(written)
    },
    beginStorageWork: () => () => undefined,
    mayWrite: () => leading,
  })
  const perform = (...actions: ReadonlyArray<Action>) => performPlan(deps())(actions)()
  const stored = (name: string): KubeObject | undefined =>
    server.objects().find(({ metadata }) => metadata.name === name)
  const tags = (outcomes: ReadonlyArray<ActionOutcome>) =>
    outcomes.map(({ result }) => (E.isLeft(result) ? result.left._tag : 'done'))

  it('copies a value from a Secret at the last moment', async () => {
    server.load(secret('source', { password: Buffer.from(VALUE).toString('base64') }))
    const fill = copyOf(refOf(secret('source')), ['data', 'password'], VALUE)
    const [outcome] = await perform(
      apply({ object: secret('target', { copied: digest(VALUE) }), fills: [fill] }),
    )
    expect(stored('target')?.['data']).toEqual({ copied: Buffer.from(VALUE).toString('base64') })
    expect(JSON.stringify([outcome, remembered])).not.toContain(
      Buffer.from(VALUE).toString('base64'),
    )
    expect(outcome?.result).toMatchObject({ right: { data: { copied: digest(VALUE) } } })
  })

  it('copies text from an object that is no Secret, into text', async () => {
    server.load({ ...configMap('source'), data: { key: VALUE } })
    const fill: Fill = {
      path: ['data', 'key'],
      encoding: 'text',
      source: {
        _tag: 'CopyOf',
        ref: refOf(configMap('source')),
        path: ['data', 'key'],
        digest: digest(VALUE),
      },
    }
    await perform(apply({ object: configMap('target'), fills: [fill] }))
    expect(stored('target')?.['data']).toEqual({ key: VALUE })
  })

  it('refuses a value that is no longer the one that was planned with', async () => {
    server.load(secret('source', { password: Buffer.from('another').toString('base64') }))
    const fill = copyOf(refOf(secret('source')), ['data', 'password'], VALUE)
    const outcomes = await perform(apply({ object: secret('target'), fills: [fill] }))
    expect(tags(outcomes)).toEqual(['SourceChanged'])
    expect(stored('target')).toBeUndefined()
  })

  it('refuses a value whose source is gone', async () => {
    const fill = copyOf(refOf(secret('source')), ['data', 'password'], VALUE)
    expect(tags(await perform(apply({ object: secret('target'), fills: [fill] })))).toEqual([
      'SourceChanged',
    ])
  })

  it('generates a value as hexadecimal text', async () => {
    const fill: Fill = {
      path: ['data', 'key'],
      encoding: 'base64',
      source: { _tag: 'Generated', bytes: 4 },
    }
    await perform(apply({ object: secret('generated'), fills: [fill] }))
    expect(stored('generated')?.['data']).toEqual({
      key: Buffer.from('abababab').toString('base64'),
    })
  })

  const composedOf = (
    texts: ReadonlyArray<string>,
    form: 'text' | 'variable',
    planned = VALUE,
  ): Fill => ({
    path: ['data', 'key'],
    encoding: 'base64',
    source: {
      _tag: 'Composed',
      parts: texts.map((text) =>
        text === '' ? copyFrom(refOf(secret('source')), ['data', 'password'], planned) : text,
      ),
      form,
    },
  })

  const storedText = (): string =>
    Buffer.from(String((stored('composed')?.['data'] as JsonObject)['key']), 'base64').toString()

  it('puts a text together from fixed texts and copied values', async () => {
    server.load(secret('source', { password: Buffer.from(VALUE).toString('base64') }))
    const fills = [composedOf(['a = ', '', '\nb = ', '', '\n'], 'text')]
    const [outcome] = await perform(apply({ object: secret('composed'), fills }))
    expect(storedText()).toBe(`a = ${VALUE}\nb = ${VALUE}\n`)
    expect(JSON.stringify(outcome)).not.toContain(VALUE)
  })

  it('writes a value the way the registry reads its variables', async () => {
    server.load(secret('source', { password: Buffer.from('12345').toString('base64') }))
    const fills = [composedOf([''], 'variable', '12345')]
    await perform(apply({ object: secret('composed'), fills }))
    expect(storedText()).toBe('"12345"')
  })

  const CLOUDS = 'openstack password 12345'
  const extractedOf = (cloud: string): Fill => ({
    path: ['data', 'key'],
    encoding: 'base64',
    source: {
      _tag: 'Composed',
      parts: [
        {
          ...copyFrom(refOf(secret('source')), ['data', 'clouds.yaml'], CLOUDS),
          _tag: 'Extracted',
          document: 'clouds.yaml',
          cloud,
          field: 'password',
        },
      ],
      form: 'variable',
    },
  })

  it('takes a value out of a document, and nothing of the rest of it', async () => {
    server.load(secret('source', { 'clouds.yaml': Buffer.from(CLOUDS).toString('base64') }))
    await perform(apply({ object: secret('composed'), fills: [extractedOf('openstack')] }))
    expect(storedText()).toBe('"12345"')
  })

  it('takes nothing out of a document that does not have it', async () => {
    server.load(secret('source', { 'clouds.yaml': Buffer.from(CLOUDS).toString('base64') }))
    const action = apply({ object: secret('composed'), fills: [extractedOf('other')] })
    expect(tags(await perform(action))).toEqual(['SourceChanged'])
    expect(stored('composed')).toBeUndefined()
  })

  const HASH = `$2y$10$${'a'.repeat(53)}`

  it('writes a file of users with the hash of a password, and with those lines of others that can be read', async () => {
    const file = `ann:${HASH}\nbob:hunter2\n`
    server.load(
      secret('source', {
        password: Buffer.from(VALUE).toString('base64'),
        htpasswd: Buffer.from(file).toString('base64'),
      }),
    )
    const source = refOf(secret('source'))
    const fill: Fill = {
      path: ['data', 'key'],
      encoding: 'base64',
      source: {
        _tag: 'Composed',
        parts: [
          'admin:',
          { ...copyFrom(source, ['data', 'password'], VALUE), _tag: 'Hashed' },
          '\n',
          { ...copyFrom(source, ['data', 'htpasswd'], file), _tag: 'UserLines' },
        ],
        form: 'text',
      },
    }
    const outcome = await perform(apply({ object: secret('composed'), fills: [fill] }))
    expect(storedText()).toBe(`admin:hash of ${VALUE.length} letters\nann:${HASH}\n`)
    expect(JSON.stringify([outcome, remembered])).not.toMatch(/hunter2|hash of|ann/)
  })

  it('puts nothing together from a value that has changed', async () => {
    server.load(secret('source', { password: Buffer.from('another').toString('base64') }))
    const fills = [composedOf(['a = ', ''], 'text')]
    expect(tags(await perform(apply({ object: secret('composed'), fills })))).toEqual([
      'SourceChanged',
    ])
    expect(stored('composed')).toBeUndefined()
  })

  const request = { commonName: 'a', names: ['a.svc'], days: 90, issue: 1 }
  const partOf = (part: 'certificate' | 'key', rest: Partial<IssuedValue> = {}): Fill => ({
    path: ['data', part],
    encoding: 'base64',
    source: { _tag: 'Issued', part, request, ...rest },
  })
  const storedEntries = (name: string) =>
    Object.entries(stored(name)?.['data'] as JsonObject).map(([key, value]) => [
      key,
      Buffer.from(String(value), 'base64').toString(),
    ])

  it('takes both parts of a certificate from one issue, and never the same for two objects', async () => {
    const fills = [partOf('certificate'), partOf('key')]
    const outcome = await perform(
      apply({ object: secret('one'), fills }),
      apply({ object: secret('other'), fills }),
    )
    expect(storedEntries('one')).toEqual([
      ['certificate', 'certificate 1'],
      ['key', 'key 1'],
    ])
    expect(storedEntries('other')).toEqual([
      ['certificate', 'certificate 2'],
      ['key', 'key 2'],
    ])
    const canary = Buffer.from('key 1').toString('base64')
    expect(JSON.stringify([outcome, remembered])).not.toMatch(new RegExp(`key 1|${canary}`))
  })

  it('issues a certificate with the key and by the authority that stand in other objects', async () => {
    const values = { a: 'pem of a', b: 'pem of b' }
    server.load(
      secret('source', {
        a: Buffer.from(values.a).toString('base64'),
        b: Buffer.from(values.b).toString('base64'),
      }),
    )
    const copy = (key: 'a' | 'b', planned: string = values[key]) =>
      copyFrom(refOf(secret('source')), ['data', key], planned)
    const of = { key: copy('a'), authority: { certificate: copy('b'), key: copy('a') } }
    await perform(apply({ object: secret('one'), fills: [partOf('certificate', of)] }))
    expect(issues).toEqual([
      [request, { key: values.a, authority: { certificate: values.b, key: values.a } }],
    ])
    const changed = [partOf('certificate', { ...of, key: copy('a', 'another') })]
    expect(tags(await perform(apply({ object: secret('two'), fills: changed })))).toEqual([
      'SourceChanged',
    ])
    expect(issues).toHaveLength(1)
  })

  it('writes nothing where no certificate can be issued, and says why', async () => {
    const fills = [partOf('certificate', { request: { ...request, days: 0 } })]
    const outcomes = await perform(apply({ object: secret('one'), fills }))
    expect(outcomes.map(({ result }) => result)).toEqual([
      E.left({ _tag: 'NotIssued', ref: refOf(secret('one')), problem: 'it has no life' }),
    ])
    expect(stored('one')).toBeUndefined()
  })

  it('fills in a fixed text', async () => {
    const fill: Fill = {
      path: ['data', 'key'],
      encoding: 'base64',
      source: { _tag: 'Literal', text: 'fixed' },
    }
    await perform(apply({ object: secret('literal'), fills: [fill] }))
    expect(stored('literal')?.['data']).toEqual({ key: Buffer.from('fixed').toString('base64') })
  })

  it('reads a source once, however many values come from it', async () => {
    server.load(secret('source', { password: Buffer.from(VALUE).toString('base64') }))
    const fill = copyOf(refOf(secret('source')), ['data', 'password'], VALUE)
    await perform(
      apply({ object: secret('one'), fills: [fill, { ...fill, path: ['data', 'again'] }] }),
      apply({ object: secret('two'), fills: [fill] }),
    )
    expect(server.requests().filter(({ verb }) => verb === 'get')).toHaveLength(1)
  })

  it('reads nothing when the value is known', async () => {
    known = [secret('source', { password: Buffer.from(VALUE).toString('base64') })]
    const fill = copyOf(refOf(secret('source')), ['data', 'password'], VALUE)
    expect(tags(await perform(apply({ object: secret('target'), fills: [fill] })))).toEqual([
      'done',
    ])
    expect(stored('target')?.['data']).toEqual({ copied: Buffer.from(VALUE).toString('base64') })
    expect(server.requests().filter(({ verb }) => verb === 'get')).toEqual([])
  })

  it('reads a value of which another version is known', async () => {
    known = [secret('source', { password: Buffer.from('an older one').toString('base64') })]
    server.load(secret('source', { password: Buffer.from(VALUE).toString('base64') }))
    const fill = copyOf(refOf(secret('source')), ['data', 'password'], VALUE)
    await perform(apply({ object: secret('target'), fills: [fill] }))
    expect(stored('target')?.['data']).toEqual({ copied: Buffer.from(VALUE).toString('base64') })
  })

  it('goes on after a failure', async () => {
    const elsewhere = {
      ...configMap('nowhere'),
      metadata: { name: 'nowhere', namespace: 'missing' },
    }
    const outcomes = await perform(
      apply({ object: elsewhere }),
      apply({ object: configMap('here') }),
    )
    expect(tags(outcomes)).toEqual(['NotFound', 'done'])
    expect(stored('here')).toBeDefined()
  })

  it('does not repeat a value that the API server quotes in its refusal', async () => {
    server.load(secret('source', { password: Buffer.from(VALUE).toString('base64') }))
    server.setFault(({ verb }) =>
      verb === 'apply'
        ? {
            _tag: 'Answer',
            code: 422,
            body: { kind: 'Status', reason: 'Invalid', message: `data: Invalid value: "${VALUE}"` },
          }
        : undefined,
    )
    const fill = copyOf(refOf(secret('source')), ['data', 'password'], VALUE)
    const outcomes = await perform(apply({ object: secret('target'), fills: [fill] }))
    expect(tags(outcomes)).toEqual(['Invalid'])
    expect(JSON.stringify(outcomes)).not.toContain(VALUE)
  })

  it('writes nothing once it no longer leads', async () => {
    leading = false
    expect(tags(await perform(apply({ object: configMap('late') })))).toEqual(['Conflict'])
    expect(server.requests()).toEqual([])
  })

  it('takes nothing from somebody who created the object first, when it is to be created only', async () => {
    server.load({ ...configMap('claimed'), data: { key: 'theirs' } }, 'them')
    expect(
      tags(await perform(apply({ object: configMap('claimed'), mode: 'create-only' }))),
    ).toEqual(['Conflict'])
    expect(stored('claimed')?.['data']).toEqual({ key: 'theirs' })
  })

  const deletion = (
    object: KubeObject,
    resourceVersion = object.metadata.resourceVersion ?? '',
  ): Action => ({
    _tag: 'DeleteObject',
    ref: refOf(object),
    uid: object.metadata.uid ?? '',
    resourceVersion,
    proof: { _tag: 'FieldManager', manager: names.FIELD_MANAGER },
    before: object,
    because: 'nobody wants it',
  })
  const load = (name: string): KubeObject => {
    server.load(configMap(name))
    const object = stored(name)
    if (object === undefined) throw new Error('not stored')
    return object
  }

  it('deletes the very object, and remembers that', async () => {
    const object = load('old')
    expect(tags(await perform(deletion(object)))).toEqual(['done'])
    expect(stored('old')).toBeUndefined()
    expect(remembered).toEqual([{ _tag: 'Gone', ref: refOf(object), uid: object.metadata.uid }])
  })

  it('does not delete an object that has changed', async () => {
    expect(tags(await perform(deletion(load('changed'), '1')))).toEqual(['Conflict'])
    expect(stored('changed')).toBeDefined()
  })

  it('counts an object that is gone already as deleted', async () => {
    const object = load('gone')
    await perform(deletion(object))
    expect(tags(await perform(deletion(object)))).toEqual(['done'])
  })

  it('takes one thing out of an object, unless that has changed meanwhile', async () => {
    const before = load('a')
    const taken = (value: string): Action => ({
      _tag: 'PatchObject',
      ref: refOf(before),
      before,
      operations: [
        { op: 'test', path: '/data/key', value },
        { op: 'remove', path: '/data/key' },
      ],
      changes: [{ path: 'data.key', why: 'no-longer-wanted' }],
      because: 'nobody wants it',
    })
    expect(tags(await perform(taken('another')))).toEqual(['Conflict'])
    expect(stored('a')?.['data']).toEqual({ key: 'value' })
    expect(tags(await perform(taken('value')))).toEqual(['done'])
    expect(stored('a')?.['data']).toEqual({})
    expect(remembered).toMatchObject([{ _tag: 'Put', object: { data: {} } }])
  })

  it('remembers what a write left behind', async () => {
    await perform(apply({ object: configMap('written') }))
    expect(
      remembered.map((one) => one._tag === 'Put' && one.object.metadata.resourceVersion),
    ).toEqual([stored('written')?.metadata.resourceVersion])
  })

  it('writes a status under its own name', async () => {
    const claim: KubeObject = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'claim', namespace: NS },
      spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } } },
    }
    server.load(claim)
    const written = await writeStatus(deps())({
      object: { ...claim, status: { phase: 'Bound' } },
    })()
    expect(written).toMatchObject({ right: { status: { phase: 'Bound' } } })
    expect(server.requests().at(-1)?.path).toContain(
      `status?fieldManager=${names.STATUS_FIELD_MANAGER}`,
    )
  })
})
