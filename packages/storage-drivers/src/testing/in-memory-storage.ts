import type {
  Json,
  JsonArray,
  JsonObject,
  Marks,
  PartKind,
  SettingName,
  StorageError,
  StorageSetting,
  StorageTarget,
} from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { Backend, OpenBackend, PartDriver, PartFound } from '../backend'
import { driverOfParts } from '../driver-of-parts'
import { type CallRecord, storageCaller } from '../storage-call'
import type { StorageAccess, StorageDriver } from '../storage-driver'
import type { ContractServer, ContractWorld } from './contract-server'

/** One thing that a service has. */
type Thing = {
  readonly marks: Marks
  readonly settings: { readonly [name: string]: Json }
  readonly objects: ReadonlyArray<string>
  /** What no listing shows. */
  readonly hidden: number
}

type Things = Map<string, Thing>

/** A storage that lives and ends with this process, for tests of what all drivers share. */
export type InMemoryStorage = ContractServer & {
  readonly driver: StorageDriver
  /** Every attempt. */
  readonly calls: ReadonlyArray<CallRecord>
  /** How often a storage was opened, less how often it was closed. */
  readonly open: () => number
  /** The next requests of that name fail; those that reject are defects, and are not repeated. */
  readonly failNext: (operation: string, ...errors: ReadonlyArray<StorageError>) => void
}

const RIGHT_KEY = 'the-right-key'
const BATCH = 2
const PARTS: ReadonlyArray<PartKind> = ['account', 'container']
const SETTINGS: ReadonlyArray<StorageSetting> = [
  { name: 'Tagged', wanted: { team: 'registry' } },
  { name: 'IncompleteUploadCleanupEnabled', wanted: [{ days: 1 }] },
]
const NEW: Thing = { marks: {}, settings: {}, objects: [], hidden: 0 }

/** A failure of this service. */
export const failureOf = (
  tag: Exclude<StorageError['_tag'], 'StorageThrottled'>,
  operation = '',
): StorageError => ({
  _tag: tag,
  backend: 'Azure',
  operation,
  code: tag,
  message: 'it has failed',
})

/** How this service says so. */
type Refusal = Error & { readonly failure: StorageError }

const refusal = (failure: StorageError): Refusal =>
  Object.assign(new Error(failure._tag), { failure })

const isRefusal = (cause: unknown): cause is Refusal => cause instanceof Error && 'failure' in cause

const keyOf = ({ place }: StorageTarget, kind: PartKind): string => `${place}/${kind}`

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isList = (value: Json | undefined): value is JsonArray => Array.isArray(value)

/** What others have added stays. */
const merged = (found: Json | undefined, wanted: Json): Json => {
  if (isList(wanted)) {
    const others = (isList(found) ? found : []).filter(
      (one) => !wanted.some((other) => JSON.stringify(one) === JSON.stringify(other)),
    )
    return [...others, ...wanted]
  }
  return isObject(found) && isObject(wanted) ? { ...found, ...wanted } : wanted
}

const carriesAll = (thing: Thing, marks: Marks): boolean =>
  Object.entries(marks).every(([name, value]) => thing.marks[name] === value)

type Scope = {
  readonly things: Things
  readonly access: StorageAccess
  /** One request. */
  readonly ask: <A>(operation: string, answer: () => A) => TE.TaskEither<StorageError, A>
}

const partDriver = ({ things, access, ask }: Scope, kind: PartKind): PartDriver => {
  const key = keyOf(access.target, kind)
  const wanted = access.target.parts.find((part) => part.kind === kind)
  const marks = wanted?.marks ?? {}
  const thing = (): Thing => {
    const found = things.get(key)
    if (found === undefined) throw refusal(failureOf('StorageNotFound'))
    return found
  }
  const change = (changed: (before: Thing) => Thing): void => void things.set(key, changed(thing()))
  const make = (): void => {
    const found = things.get(key)
    if (found === undefined) things.set(key, NEW)
    else if (!carriesAll(found, marks)) throw refusal(failureOf('NameTaken'))
  }
  const put = ({ name, wanted: value }: StorageSetting): void =>
    change((before) => ({
      ...before,
      settings: { ...before.settings, [name]: merged(before.settings[name], value) },
    }))
  const takeBatch = (): number => {
    const { objects, hidden } = things.get(key) ?? NEW
    const batch = Math.min(BATCH, objects.length + hidden)
    const shown = Math.min(batch, objects.length)
    if (batch > 0)
      change((before) => ({
        ...before,
        objects: objects.slice(shown),
        hidden: hidden - (batch - shown),
      }))
    return batch
  }
  const presence = (): PartFound => {
    const found = things.get(key)
    return found === undefined
      ? { _tag: 'Absent' }
      : {
          _tag: 'Present',
          marks: found.marks,
          isEmpty: found.objects.length === 0,
          details: { kind },
          keys: kind === 'account' ? { accountKey: 'a-key' } : {},
        }
  }
  const settings = (): PartFound => ({
    _tag: 'Present',
    settings: Object.fromEntries(
      (wanted?.settings ?? []).map(({ name }) => [
        name,
        { _tag: 'Found', value: thing().settings[name] ?? null },
      ]),
    ),
  })
  const mark = ask(`Mark ${kind}`, () => change((before) => ({ ...before, marks })))
  return {
    kind,
    reads: [
      { tells: [], read: ask(`Get ${kind}`, presence) },
      {
        tells: (wanted?.settings ?? []).map(({ name }) => name),
        read: ask(`Get settings of ${kind}`, settings),
      },
    ],
    create: pipe(
      ask(`Make ${kind}`, make),
      TE.flatMap(() => mark),
    ),
    mark,
    set: (setting) => ask(`Set ${setting.name} of ${kind}`, () => put(setting)),
    ...(kind === 'account'
      ? {}
      : {
          empty: ask('Delete objects', takeBatch),
          contents: ask('List objects', () => {
            const { objects } = thing()
            return { objects: objects.length, bytes: objects.length * 3, isWhole: true }
          }),
        }),
    remove: ask(`Remove ${kind}`, () => {
      const { objects, hidden } = things.get(key) ?? NEW
      if (objects.length + hidden > 0) throw refusal(failureOf('StorageConflict'))
      things.delete(key)
    }),
  }
}

const someParts = (count: number): StorageTarget['parts'] =>
  PARTS.map((kind) => ({
    kind,
    name: `${kind}-${count}`,
    marks: { owner: `uid-${count}` },
    formerMarks: { former: 'owned' },
    isGeneratedName: true,
    settings: kind === 'container' ? SETTINGS : [],
    holdsImages: kind === 'container',
  }))

const someAccess = (count: number): StorageAccess => ({
  target: {
    backend: 'Azure',
    place: `memory/${count}`,
    connection: {
      _tag: 'Swift',
      authUrl: '',
      authVersion: 0,
      domain: '',
      domainId: '',
      tenant: '',
      tenantId: '',
      region: '',
      cloud: '',
    },
    credentials: { form: 'account-key', values: {} },
    authorities: { pem: '', isOnly: false },
    proxy: { http: '', https: '', noProxy: '' },
    parts: someParts(count),
  },
  values: { key: RIGHT_KEY },
})

const world = (things: Things): ContractWorld => {
  const edit = (target: StorageTarget, kind: PartKind, change: (before: Thing) => Thing): void =>
    void things.set(keyOf(target, kind), change(things.get(keyOf(target, kind)) ?? NEW))
  const spoilt = (name: SettingName, { settings, ...rest }: Thing): Thing => ({
    ...rest,
    settings: {
      ...settings,
      [name]: name === 'Tagged' ? merged(settings[name], { team: 'another' }) : [],
    },
  })
  return {
    look: async (target) =>
      things.has(keyOf(target, 'container'))
        ? PARTS.map((kind) => things.get(keyOf(target, kind)))
        : undefined,
    makeAsUser: async (target) => PARTS.forEach((kind) => edit(target, kind, () => NEW)),
    put: async (target, names) =>
      edit(target, 'container', (before) => ({
        ...before,
        objects: [...before.objects, ...names],
      })),
    unmark: async (target) =>
      PARTS.forEach((kind) => edit(target, kind, (before) => ({ ...before, marks: {} }))),
    destroy: async (target) => void things.delete(keyOf(target, 'container')),
    spoil: async (target, kind, name) => edit(target, kind, (before) => spoilt(name, before)),
    additions: {
      add: async (target) =>
        edit(target, 'container', (before) => ({
          ...before,
          settings: {
            ...before.settings,
            Tagged: merged(before.settings['Tagged'], { mine: 'too' }),
          },
        })),
      areThere: async (target) => {
        const tags = things.get(keyOf(target, 'container'))?.settings['Tagged']
        return isObject(tags) && tags['mine'] === 'too'
      },
    },
    hide: async (target) => edit(target, 'container', (before) => ({ ...before, hidden: 3 })),
  }
}

/** An empty one. */
export const inMemoryStorage = (): InMemoryStorage => {
  const things: Things = new Map()
  const calls: CallRecord[] = []
  const failures = new Map<string, ReadonlyArray<StorageError>>()
  let opened = 0
  let count = 0

  const failOnce = (operation: string): void => {
    const [first, ...later] = failures.get(operation) ?? []
    failures.set(operation, later)
    if (first !== undefined) throw refusal(first)
  }
  const open: OpenBackend = (access, call) => {
    const ask: Scope['ask'] = (operation, answer) =>
      call({
        operation,
        send: async () => {
          if (access.values['key'] !== RIGHT_KEY) throw refusal(failureOf('CredentialsRefused'))
          failOnce(operation)
          return answer()
        },
      })
    const scope = { things, access, ask }
    return TE.fromIO((): Backend => {
      opened += 1
      return {
        parts: PARTS.map((kind) => partDriver(scope, kind)),
        close: () => void (opened -= 1),
      }
    })
  }
  const call = storageCaller(
    {
      wait: () => async () => undefined,
      random: () => 0.5,
      timeoutMs: 1_000,
      onCall: (record) => () => void calls.push(record),
    },
    'Azure',
    (cause, operation) =>
      isRefusal(cause)
        ? { ...cause.failure, operation }
        : failureOf('StorageFailed', String(cause)),
  )
  return {
    driver: driverOfParts(open, call),
    world: world(things),
    unused: async () => someAccess(++count),
    markedLater: ['container'],
    withWrongCredentials: (access) => ({ ...access, values: { key: 'another-key' } }),
    close: async () => undefined,
    calls,
    open: () => opened,
    failNext: (operation, ...errors) => void failures.set(operation, errors),
  }
}
