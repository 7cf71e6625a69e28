import {
  type ContractServer,
  driverContract,
  swiftUnderTest,
} from '@image-registry-operator/storage-drivers/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type Faults, startFaults } from '../../storage-servers/faults/faults'
import { type Front, startFront } from '../../storage-servers/front/front'
import { tokenFor } from '../../storage-servers/swift/identity-setup'
import { startSwift, type Swift } from '../../storage-servers/swift/swift'
import { ownUser, type SwiftOwner } from './swift-owner'
import { unusedContainer, type Way } from './swift-targets'
import { containerSeen, swiftWorld } from './swift-world'

// What the drivers answer with, by its shape.
const left = <A>(value: A) => ({ _tag: 'Left', left: value }) as const
const right = <A>(value: A) => ({ _tag: 'Right', right: value }) as const

type Cloud = Readonly<{
  swift: Swift
  /** Between the front and the Swift that has users of its own. */
  faults: Faults
  front: Front
  /** The user of Swift's own. */
  own: SwiftOwner
  stop: () => Promise<void>
}>

const startCloud = async (): Promise<Cloud> => {
  const swift = await startSwift({ named: true, catalogName: 'ceph', tokenCacheSeconds: 300 })
  const faults = await startFaults({ target: { port: swift.ports.v1 }, dialect: 'swift' })
  const front = await startFront({
    hosts: { ...swift.hosts, [`127.0.0.1:${swift.ports.v1}`]: { port: faults.port } },
  })
  return {
    swift,
    faults,
    front,
    own: await ownUser(swift.v1.authUrl, swift.v1.user, swift.v1.password),
    stop: async () => {
      await front.stop()
      await faults.stop()
      await swift.stop()
    },
  }
}

let cloud: Cloud

beforeAll(async () => {
  cloud = await startCloud()
})

afterAll(async () => {
  await cloud?.stop()
})

const byPassword = ({ swift, front }: Cloud): Way => ({
  form: 'password',
  connection: {
    authUrl: swift.v3.authUrl,
    domain: 'Default',
    tenant: 'demo',
    region: 'RegionOne',
  },
  values: { username: swift.v3.user, password: swift.v3.password },
  network: front,
})

/** Keystone is asked about each request that Swift gets, which takes its time; so most is tried without it. */
const byOwnUser = ({ swift, front }: Cloud): Way => ({
  form: 'password',
  connection: { authUrl: swift.v1.authUrl, authVersion: 1 },
  values: { username: swift.v1.user, password: swift.v1.password },
  network: front,
})

const startServer = (): Promise<ContractServer> =>
  Promise.resolve({
    driver: swiftUnderTest().driver,
    world: swiftWorld(cloud.own),
    unused: () => Promise.resolve(unusedContainer(byOwnUser(cloud))),
    markedLater: [],
    withWrongCredentials: (access) => ({
      ...access,
      values: { ...access.values, password: 'wrong' },
    }),
    close: () => Promise.resolve(),
  })

driverContract('Swift', startServer, { describe, it, beforeAll, afterAll })

type Access = ReturnType<typeof unusedContainer>

const everything = { _tag: 'Everything', counts: true } as const
const create = [{ _tag: 'Create', part: 'container' }] as const
const quietly = () => () => undefined

const nameOf = ({ target }: Access): string => target.parts[0]?.name ?? ''
const pathOf = (access: Access): string => `/${encodeURIComponent(nameOf(access))}`
const removal = ({ target }: Access) => [
  { part: 'container', marks: target.parts[0]?.marks ?? {} } as const,
]

const observed = async (
  access: Access,
  { driver } = swiftUnderTest(),
): Promise<Awaited<ReturnType<ReturnType<typeof driver.observe>>>> =>
  driver.observe(access, everything)()

const made = async (access: Access): Promise<void> => {
  const outcomes = await swiftUnderTest().driver.ensure(access, create, quietly)()
  expect(outcomes.map(({ result }) => result)).toEqual([right(undefined)])
}

describe('Keystone lets in', () => {
  const clouds = ({ swift: { v3 } }: Cloud, auth: object): string =>
    `clouds:\n  mine: ${JSON.stringify({ auth: { auth_url: v3.authUrl, ...auth }, region_name: 'RegionOne' })}\n`
  const ways: ReadonlyArray<readonly [string, (cloud: Cloud) => Way]> = [
    [
      'a user in a project by its id',
      (all) => ({
        ...byPassword(all),
        connection: {
          authUrl: all.swift.v3.authUrl,
          domainId: 'default',
          tenantId: all.swift.v3.projectId,
        },
      }),
    ],
    [
      'an application credential',
      (all) => ({
        ...byPassword(all),
        form: 'application-credential',
        connection: { authUrl: all.swift.v3.authUrl },
        values: all.swift.v3.applicationCredential,
      }),
    ],
    [
      'a clouds.yaml with an authority, and what the Config says goes before it',
      (all) => ({
        form: 'clouds',
        connection: { cloud: 'mine', tenant: 'demo' },
        values: {
          clouds: clouds(all, {
            username: all.swift.v3.user,
            password: all.swift.v3.password,
            project_id: 'another',
            user_domain_name: 'Default',
          }),
          cacert: all.front.authorities,
        },
        network: { ...all.front, authorities: '' },
      }),
    ],
    [
      'a clouds.yaml with the name of an application credential',
      (all) => ({
        ...byPassword(all),
        form: 'clouds',
        connection: { cloud: 'mine' },
        values: {
          clouds: clouds(all, {
            user_id: all.swift.v3.userId,
            application_credential_name: all.swift.v3.applicationCredential.name,
            application_credential_secret: all.swift.v3.applicationCredential.secret,
          }),
        },
      }),
    ],
  ]
  it.each(ways)('%s', async (_, way) => {
    const access = unusedContainer(way(cloud))
    await made(access)
    expect(await containerSeen(cloud.swift, pathOf(access))).toEqual({
      metadata: {
        'imageregistry-config-uid': access.target.parts[0]?.marks['imageregistry-config-uid'],
        openshiftclusterid: 'infra-x',
        name: nameOf(access),
      },
      objects: [],
    })
  })

  it('whoever has a token', async () => {
    const { ports, v3 } = cloud.swift
    const token = await tokenFor(`http://127.0.0.1:${ports.identity}/v3`, {
      user: v3.user,
      password: v3.password,
      project: 'demo',
    })
    const access = unusedContainer({ ...byPassword(cloud), form: 'token', values: { token } })
    await made(access)
    expect(await containerSeen(cloud.swift, pathOf(access))).toBeDefined()
  })

  it('nobody with a wrong password, which no error repeats', async () => {
    const way = byPassword(cloud)
    const values = { ...way.values, password: 'wrong-and-secret' }
    const seen = await observed(unusedContainer({ ...way, values }))
    expect(seen).toMatchObject(
      right({
        sight: { parts: { container: { _tag: 'Unseen', error: { _tag: 'CredentialsRefused' } } } },
      }),
    )
    expect(JSON.stringify(seen)).not.toContain('wrong-and-secret')
  })

  it('a reader, who may not make a container', async () => {
    const { user, password } = cloud.swift.reader
    const way = { ...byPassword(cloud), values: { username: user, password } }
    const [outcome] = await swiftUnderTest().driver.ensure(unusedContainer(way), create, quietly)()
    expect(outcome?.result).toMatchObject(left({ _tag: 'AccessDenied', code: '403' }))
  })

  it('nobody to a region that there is not, and that is no missing container', async () => {
    const way = byPassword(cloud)
    const connection = { ...way.connection, region: 'Nowhere' }
    expect(await observed(unusedContainer({ ...way, connection }))).toMatchObject(
      right({
        sight: { parts: { container: { _tag: 'Unseen', error: { _tag: 'StorageRefused' } } } },
      }),
    )
  })
})

const strange = [
  'a b?c',
  '100%',
  'über/ñ/日本',
  'line\nbreak',
  'a//b',
  'a/../b',
  '#&+;=',
  '"{<>}"',
  ' ',
]

/** Removes a container with those objects, and says what the driver told and asked. */
const emptied = async (way: Way, owner: SwiftOwner, names: ReadonlyArray<string>) => {
  const access = unusedContainer(way)
  await made(access)
  await swiftWorld(owner).put(access.target, names)
  expect((await containerSeen(owner, pathOf(access)))?.objects.slice().sort()).toEqual(
    names.slice().sort(),
  )
  expect(await observed(access)).toMatchObject(
    right({ sight: { contents: { objects: names.length, isWhole: true } } }),
  )
  const counts: number[] = []
  const { driver, calls } = swiftUnderTest()
  const onProgress = (_: string, count: number) => () => void counts.push(count)
  expect(await driver.remove(access, removal(access), onProgress)()).toEqual(right(undefined))
  expect(await containerSeen(owner, pathOf(access))).toBeUndefined()
  return { counts, calls: calls.map(({ operation }) => operation) }
}

describe('everything in a container goes', () => {
  it('in bulk, whatever its name and however many', async () => {
    const names = [...strange, ...Array.from({ length: 300 }, (_, n) => `blobs/${n}`)]
    const { counts, calls } = await emptied(byOwnUser(cloud), cloud.own, names)
    expect(counts.at(-1)).toBe(names.length)
    expect(counts.length).toBeGreaterThan(1)
    expect(calls).toContain('POST bulk-delete')
    expect(calls).not.toContain('DELETE object')
  })

  it('one by one where there is no bulk deletion', async () => {
    cloud.faults.failAll(404, 'before', ({ path }) => path.endsWith('/info'))
    const { counts, calls } = await emptied(byOwnUser(cloud), cloud.own, strange)
    cloud.faults.heal()
    expect(counts.at(-1)).toBe(strange.length)
    expect(calls).not.toContain('POST bulk-delete')
  })

  it('but nothing of another container that it keeps older versions in', async () => {
    const { ask } = cloud.own
    const access = unusedContainer(byOwnUser(cloud))
    await made(access)
    await ask('PUT', '/history')
    await ask('POST', pathOf(access), { headers: { 'X-Versions-Location': 'history' } })
    for (const body of ['first', 'second', 'third'])
      await ask('PUT', `${pathOf(access)}/kept`, { body })
    const before = await containerSeen(cloud.own, '/history')
    expect(before?.objects).toHaveLength(2)
    const { driver } = swiftUnderTest()
    expect(await driver.remove(access, removal(access), quietly)()).toEqual(right(undefined))
    expect(await containerSeen(cloud.own, pathOf(access))).toBeUndefined()
    expect(await containerSeen(cloud.own, '/history')).toEqual(before)
  })

  it('with all versions that the container keeps itself', async () => {
    const access = unusedContainer(byOwnUser(cloud))
    await made(access)
    await swiftWorld(cloud.own).hide?.(access.target)
    const { driver } = swiftUnderTest()
    expect(await driver.remove(access, removal(access), quietly)()).toEqual(right(undefined))
    expect(await containerSeen(cloud.own, pathOf(access))).toBeUndefined()
  })
})

describe('a container', () => {
  it('is ours though the answer to its making was lost', async () => {
    const access = unusedContainer(byOwnUser(cloud))
    cloud.faults.failAll('reset', 'after', ({ method }) => method === 'PUT')
    const failing = await swiftUnderTest().driver.ensure(access, create, quietly)()
    expect(failing[0]?.result).toMatchObject(left({ _tag: 'StorageUnreachable' }))
    cloud.faults.heal()
    await made(access)
    const marks = access.target.parts[0]?.marks ?? {}
    expect((await containerSeen(cloud.own, pathOf(access)))?.metadata).toMatchObject(marks)
  })

  it('that somebody else has made is left as it is', async () => {
    const access = unusedContainer(byOwnUser(cloud))
    await swiftWorld(cloud.own).makeAsUser(access.target)
    const [outcome] = await swiftUnderTest().driver.ensure(access, create, quietly)()
    expect(outcome?.result).toMatchObject(left({ _tag: 'NameTaken' }))
    expect(await containerSeen(cloud.own, pathOf(access))).toEqual({ metadata: {}, objects: [] })
  })
})

// The last: nobody else's token is known any more either.
describe('a session', () => {
  it('is kept, and begun once more when its token holds no longer', async () => {
    const tested = swiftUnderTest()
    const access = unusedContainer(byOwnUser(cloud))
    await observed(access, tested)
    await observed(access, tested)
    const logins = () => tested.calls.filter(({ operation }) => operation === 'authenticate').length
    expect(logins()).toBe(1)
    // Swift's own tokens are in there only.
    await cloud.swift.processes.find(({ name }) => name === 'memcached')?.restart()
    expect(await observed(access, tested)).toMatchObject(
      right({ sight: { parts: { container: { _tag: 'Absent' } } } }),
    )
    expect(logins()).toBe(2)
  })
})
