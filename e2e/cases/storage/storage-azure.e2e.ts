import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type {
  AzureConnection,
  AzureNetwork,
  StorageSetting,
  StorageStep,
} from '@image-registry-operator/render/model'
import {
  azureUnderTest,
  type ContractServer,
  driverContract,
  type StorageAccess,
} from '@image-registry-operator/storage-drivers/testing'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'

import { type Azure, startAzure } from '../../storage-servers/azure/azure'
import type { Resource } from '../../storage-servers/azure/arm/resources'
import { type Faults, startFaults } from '../../storage-servers/faults/faults'
import { type Front, startFront } from '../../storage-servers/front/front'
import {
  accessTo,
  ACCOUNT_MARK,
  endpointPart,
  freshAccount,
  INFRASTRUCTURE,
  namesPart,
  principalWith,
  reached,
  type Reached,
  SETTINGS,
  type Who,
} from './azure-registry'
import { accountResource, azureWorld, containerMetadata } from './azure-world'

/** Where private names of storage are. */
const ZONE = 'privatelink.blob.core.windows.net'

/** The path of who asks for a token, or where one is to be had. */
const TOKEN = /\/(token|openid-configuration)(\?|$)/

const suite = { describe, it, beforeAll, afterAll }

const stopped = async ({ azure, front }: Reached): Promise<void> => {
  // Nothing but the hosts of Azure has been asked for.
  assert.deepEqual(front.refused(), [])
  await front.stop()
  await azure.stop()
}

const contractServer = (
  here: Reached,
  who: Who,
  settings: ReadonlyArray<StorageSetting> = SETTINGS,
): ContractServer => ({
  driver: azureUnderTest().driver,
  world: azureWorld(here.azure),
  unused: async () => accessTo(here, who, freshAccount(), settings),
  markedLater: [],
  withWrongCredentials: (access) => ({
    ...access,
    values: { ...access.values, clientSecret: 'a-secret-that-is-wrong' },
  }),
  close: () => stopped(here),
})

driverContract(
  'Azure, with a client secret',
  async () => {
    const here = await reached(await startAzure({ operationMs: 5 }))
    const { clientSecret } = here.azure.principal
    return contractServer(here, principalWith(here.azure, { clientSecret }))
  },
  suite,
)

const KEYLESS: StorageSetting = { name: 'SharedKeyAccess', wanted: { allowed: false } }

driverContract(
  'Azure, with a federated token and no keys',
  async () => {
    const here = await reached(await startAzure({ operationMs: 5 }))
    const folder = await mkdtemp(join(tmpdir(), 'azure-token-'))
    const tokenFile = join(folder, 'token')
    await writeFile(tokenFile, here.azure.federatedToken())
    const server = contractServer(here, principalWith(here.azure, { tokenFile }), [
      ...SETTINGS,
      KEYLESS,
    ])
    return {
      ...server,
      withWrongCredentials: (access): StorageAccess => ({
        ...access,
        values: { ...access.values, clientId: 'somebody-else' },
      }),
      close: async () => {
        await rm(folder, { recursive: true })
        await server.close()
      },
    }
  },
  suite,
)

driverContract(
  'Azure, with the key of an account of somebody',
  async () => {
    const here = await reached(await startAzure({ operationMs: 5 }))
    const { withWrongCredentials: _, ...server } = contractServer(here, {
      form: 'account-key',
      values: {},
    })
    return {
      ...server,
      unused: async () => {
        const account = freshAccount()
        await here.azure.addAccount(account)
        const key = here.azure.keyOf(account)
        const access = accessTo(here, { form: 'account-key', values: { key } }, account)
        const parts = access.target.parts.filter(({ kind }) => kind === 'container')
        return { ...access, target: { ...access.target, parts } }
      },
    }
  },
  suite,
)

const DONE = { _tag: 'Right', right: undefined }

const quiet = () => () => undefined

type Driver = ReturnType<typeof azureUnderTest>['driver']

const ensured = async (driver: Driver, access: StorageAccess, steps: ReadonlyArray<StorageStep>) =>
  (await driver.ensure(access, steps, quiet)()).map(({ result }) =>
    result._tag === 'Right' ? 'done' : `${result.left._tag}: ${result.left.message}`,
  )

const made = async (driver: Driver, access: StorageAccess): Promise<void> => {
  const { parts } = access.target
  const creations = parts.map(({ kind }): StorageStep => ({ _tag: 'Create', part: kind }))
  expect(await ensured(driver, access, creations)).toEqual(parts.map(() => 'done'))
}

const seen = async (driver: Driver, access: StorageAccess) => {
  const result = await driver.observe(access, { _tag: 'Everything', counts: false })()
  return result._tag === 'Right' ? result.right : assert.fail(JSON.stringify(result.left))
}

const removed = (driver: Driver, access: StorageAccess) =>
  driver.remove(
    access,
    access.target.parts.map(({ kind, marks }) => ({ part: kind, marks })).reverse(),
    quiet,
  )()

const connected = (access: StorageAccess, more: Partial<AzureConnection>): StorageAccess => {
  const { target } = access
  return target.connection._tag === 'Azure'
    ? { ...access, target: { ...target, connection: { ...target.connection, ...more } } }
    : assert.fail('not a storage of Azure')
}

const withParts = (
  access: StorageAccess,
  parts: StorageAccess['target']['parts'],
): StorageAccess => ({ ...access, target: { ...access.target, parts } })

describe('the driver of Azure', () => {
  let here: Reached
  let who: Who
  beforeAll(async () => {
    here = await reached(await startAzure({ operationMs: 5, otherGroups: ['network-rg'] }))
    who = principalWith(here.azure, { clientSecret: here.azure.principal.clientSecret })
  })
  afterAll(() => stopped(here))

  it('asks for one token and one key, and tells the key that the registry needs', async () => {
    const { driver, calls } = azureUnderTest()
    const account = freshAccount()
    const access = accessTo(here, who, account)
    await made(driver, access)
    const tokensBefore = here.front.requests().filter(({ path }) => TOKEN.test(path)).length
    const before = calls.length
    expect(tokensBefore).toBeGreaterThan(0)
    const { keys } = await seen(driver, access)
    expect(keys).toEqual({ accountKey: here.azure.keyOf(account) })
    const operations = calls.slice(before).map(({ operation }) => operation)
    expect(operations.filter((operation) => operation === 'ListAccountKeys')).toHaveLength(1)
    expect(here.front.requests().filter(({ path }) => TOKEN.test(path))).toHaveLength(tokensBefore)
  })

  it('takes neither credentials nor a proxy from its environment', async () => {
    vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:9')
    vi.stubEnv('AZURE_AUTHORITY_HOST', 'https://nowhere.example')
    vi.stubEnv('AZURE_CLIENT_SECRET', 'of-somebody-else')
    vi.stubEnv('AZURE_FEDERATED_TOKEN_FILE', '/nowhere')
    onTestFinished(() => void vi.unstubAllEnvs())
    const { driver } = azureUnderTest()
    const access = accessTo(here, who, freshAccount())
    await made(driver, access)
    expect((await seen(driver, access)).sight.parts.container?._tag).toBe('Present')
  })

  it('makes no account under a name that somebody else has', async () => {
    const { driver } = azureUnderTest()
    const account = freshAccount()
    here.azure.takeName(account)
    const access = accessTo(here, who, account)
    const [created] = await ensured(driver, access, [{ _tag: 'Create', part: 'account' }])
    expect(created).toBe(`NameTaken: the storage account ${account} is somebody else's`)
  })

  it('removes its container from the account of a user, and never the account', async () => {
    const { driver } = azureUnderTest()
    const account = freshAccount()
    await here.azure.addAccount(account)
    const access = accessTo(here, who, account)
    const [container] = await ensured(driver, access, [{ _tag: 'Create', part: 'container' }])
    expect(container).toBe('done')
    const [ours] = access.target.parts.filter(({ kind }) => kind === 'container')
    const onlyOurs = withParts(access, ours === undefined ? [] : [ours])
    expect(await removed(driver, onlyOurs)).toEqual(DONE)
    const names = { account, container: ours?.name ?? '' }
    expect(await containerMetadata(here.azure, names)).toBeUndefined()
    expect(await removed(driver, access)).toMatchObject({ left: { _tag: 'MarksMissing' } })
    expect(accountResource(here.azure, account)).toBeDefined()
  })

  it('finds a container absent whose account has gone, with keys and without', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'azure-token-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const tokenFile = join(folder, 'token')
    await writeFile(tokenFile, here.azure.federatedToken())
    for (const one of [who, principalWith(here.azure, { tokenFile })]) {
      const { driver } = azureUnderTest()
      const access = accessTo(here, one, freshAccount())
      const { parts } = (await seen(driver, access)).sight
      expect([parts.account?._tag, parts.container?._tag]).toEqual(['Absent', 'Absent'])
    }
  })

  it('speaks to Azure Stack Hub in versions that it knows', async () => {
    const { driver } = azureUnderTest()
    const account = freshAccount()
    const access = connected(accessTo(here, who, account), { isStack: true })
    await made(driver, access)
    const asked = here.azure.armRequests().filter(({ path }) => path.includes(account))
    expect(asked.every(({ path }) => path.includes('api-version=2019-06-01'))).toBe(true)
    expect(asked.find(({ method }) => method === 'PUT')?.body).toEqual({
      kind: 'Storage',
      location: here.azure.location,
      sku: { name: 'Standard_LRS' },
      tags: { [`kubernetes.io_cluster.${INFRASTRUCTURE}`]: 'owned', [ACCOUNT_MARK]: 'uid-1' },
    })
    const { account: sight } = (await seen(driver, access)).sight.parts
    expect(sight).toMatchObject({ settings: { TransportSecured: { _tag: 'NotSupported' } } })
  })

  const privateAccess = (name: string, network: AzureNetwork): StorageAccess => {
    const access = connected(accessTo(here, who, name), { network })
    const parts = [...access.target.parts, endpointPart(`${name}-pe`), namesPart()]
    return withParts(access, parts)
  }

  const resourcesOf = (name: string): ReadonlyArray<string> =>
    here.azure.resources
      .all()
      .filter(({ id }) => id.includes(name) || id.endsWith(ZONE))
      .map(({ type, id }) => `${type.split('/').slice(1).join('/')} ${id.split('/').at(-1)}`)
      .sort()

  it('gives an account an address and a name in the network of the cluster, and takes them away', async () => {
    const { driver } = azureUnderTest()
    here.azure.addNetwork({ name: 'somebody-s-vnet', subnet: 's', group: 'network-rg' })
    here.azure.addNetwork({
      name: 'cluster-vnet',
      subnet: 'workers',
      group: 'network-rg',
      tags: { [`kubernetes.io_cluster.${INFRASTRUCTURE}`]: 'owned' },
    })
    const name = freshAccount()
    const network = { resourceGroup: 'network-rg', vnet: '', subnet: '' }
    const access = privateAccess(name, network)
    await made(driver, access)
    const all = [
      `privateDnsZones ${ZONE}`,
      `privateDnsZones/A ${name}`,
      `privateDnsZones/virtualNetworkLinks ${name}`,
      `privateEndpoints ${name}-pe`,
      `privateEndpoints/privateDnsZoneGroups ${ZONE.replace(/\./g, '-')}`,
      `storageAccounts ${name}`,
    ]
    expect(resourcesOf(name).filter((one) => !one.startsWith('networkInterfaces'))).toEqual(all)
    const { parts } = (await seen(driver, access)).sight
    expect(parts['private-endpoint']).toMatchObject({
      marks: { [ACCOUNT_MARK]: 'uid-1' },
      details: { resourceGroup: 'network-rg', vnet: 'cluster-vnet', subnet: 'workers' },
    })
    expect(parts['private-dns']).toMatchObject({
      marks: { [ACCOUNT_MARK]: 'uid-1' },
      details: { zone: ZONE },
    })
    const [nic] = here.azure.resources.all().filter(({ name: nic }) => nic === `${name}-pe-nic`)
    const address = JSON.stringify(nic).match(/"privateIPAddress":"([^"]+)"/)?.[1]
    const [record] = here.azure.resources
      .all()
      .filter(({ id }) => id.endsWith(`/${ZONE}/A/${name}`))
    expect(record?.properties).toMatchObject({ ttl: 10, aRecords: [{ ipv4Address: address }] })
    await made(driver, access)
    expect(resourcesOf(name).filter((one) => !one.startsWith('networkInterfaces'))).toEqual(all)
    const endpoint = (): Resource | undefined =>
      here.azure.resources.all().find(({ id }) => id.endsWith(`/privateEndpoints/${name}-pe`))
    const before = endpoint() ?? assert.fail('there is no endpoint')
    here.azure.resources.set({ ...before, tags: { [ACCOUNT_MARK]: 'uid-1', theirs: 'stays' } })
    const [setting] = endpointPart('').settings
    expect(
      await ensured(
        driver,
        access,
        setting === undefined ? [] : [{ _tag: 'Set', part: 'private-endpoint', setting }],
      ),
    ).toEqual(['done'])
    expect(endpoint()).toEqual({ ...before, tags: { ...before.tags, theirs: 'stays' } })
    expect(await removed(driver, access)).toEqual(DONE)
    expect(resourcesOf(name)).toEqual([])
  })

  it('says that it cannot find the network of the cluster', async () => {
    const { driver } = azureUnderTest()
    const name = freshAccount()
    const access = privateAccess(name, { resourceGroup: '', vnet: '', subnet: '' })
    const steps = ['account', 'private-endpoint'] as const
    const outcomes = await ensured(
      driver,
      access,
      steps.map((part) => ({ _tag: 'Create', part })),
    )
    expect(outcomes).toEqual(['done', 'StorageNotFound: failed to discover vnet name'])
  })

  it('says that a container of that name is still being deleted', async () => {
    const held = await reached(await startAzure({ operationMs: 5, containerHeldMs: 60_000 }))
    onTestFinished(() => stopped(held))
    const { driver } = azureUnderTest()
    const { clientSecret } = held.azure.principal
    const access = accessTo(held, principalWith(held.azure, { clientSecret }), freshAccount())
    await made(driver, access)
    const [, container] = access.target.parts
    const onlyContainer = withParts(access, container === undefined ? [] : [container])
    expect(await removed(driver, onlyContainer)).toEqual(DONE)
    const [created] = await ensured(driver, access, [{ _tag: 'Create', part: 'container' }])
    expect(created).toMatch(/^StorageConflict: The specified container is being deleted/)
  })
})

describe('the driver of Azure, when requests fail', () => {
  let azure: Azure
  let faults: Faults
  let front: Front
  beforeAll(async () => {
    azure = await startAzure({ operationMs: 5 })
    faults = await startFaults({ target: { port: azure.port }, dialect: 'arm' })
    const hosts = Object.keys(azure.hosts).map((host) => [host, { port: faults.port }])
    front = await startFront({ hosts: Object.fromEntries(hosts) })
  })
  afterAll(async () => {
    await front.stop()
    await faults.stop()
    await azure.stop()
  })
  const fresh = (): StorageAccess => {
    const { clientSecret } = azure.principal
    return accessTo({ azure, front }, principalWith(azure, { clientSecret }), freshAccount())
  }

  it('makes the same storage, whichever of its requests fails, and however', async () => {
    const { driver } = azureUnderTest()
    const first = fresh()
    const start = faults.requests().length
    await made(driver, first)
    const count = faults.requests().length - start
    expect(count).toBeGreaterThan(4)
    for (const fault of ['reset', 503, 'truncated'] as const)
      for (const moment of ['before', 'after'] as const)
        for (let nth = 1; nth <= count; nth += 1) {
          faults.heal()
          const access = fresh()
          faults.failNth(nth, fault, moment)
          await made(azureUnderTest().driver, access)
          const { parts } = (await seen(driver, access)).sight
          expect(parts.account, `${fault} ${moment} ${nth}`).toMatchObject({
            marks: { [ACCOUNT_MARK]: 'uid-1' },
          })
          expect(parts.container, `${fault} ${moment} ${nth}`).toMatchObject({ _tag: 'Present' })
        }
    faults.heal()
  })

  it('does not blame the credentials when nobody gives tokens', async () => {
    for (const [fault, tag] of [
      ['reset', 'StorageUnreachable'],
      [503, 'StorageFailed'],
      [429, 'StorageThrottled'],
    ] as const) {
      faults.failAll(fault, 'before', ({ path }) => TOKEN.test(path))
      const { account } = (await seen(azureUnderTest().driver, fresh())).sight.parts
      faults.heal()
      expect(account).toMatchObject({ _tag: 'Unseen', error: { _tag: tag } })
    }
  })

  it('holds nothing absent that it could not see', async () => {
    for (const fault of ['reset', 500, 403, 409, 'truncated'] as const) {
      const access = fresh()
      faults.failAll(fault, 'before', ({ path }) => path.includes('storageAccounts'))
      const { account } = (await seen(azureUnderTest().driver, access)).sight.parts
      faults.heal()
      expect(account?._tag).toBe('Unseen')
    }
  })
})
