import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { removeAtExit } from '../../cluster/exit-cleanup'
import { freePorts } from '../../cluster/free-ports'
import { serverProcess, type ServerProcess } from '../../cluster/server-process'
import type { HostRoutes } from '../front/host-routes'
import { isListening } from '../front/is-listening'
import { runTool } from '../installed/run-tool'
import type { Command } from '../installed/tied-command'
import { askAfterLogin, type AskAccount } from './ask-account'
import { endTokensOf, type Identity, type Passwords, setUpIdentity } from './identity-setup'
import { type OpenstackPrograms, openstackPrograms } from './openstack-programs'
import {
  keystoneConf,
  keystoneDatabase,
  type OpenstackPorts,
  type ProxyAuth,
  proxyConf,
  storageServerConf,
  swiftConf,
  type SwiftSettings,
} from './swift-configuration'

/** A way into Swift: what a client has to be told. */
export type SwiftAccess = Readonly<{ authUrl: string; user: string; password: string }>

/** OpenStack's Swift on loopback, with both of the ways in that clients have. */
export type Swift = Readonly<{
  /** Auth v1: the user is `demo:demo`. */
  v1: SwiftAccess
  /** Keystone v3: user `demo` of project `demo`, both in the domain `Default`. */
  v3: SwiftAccess & Identity
  /** A user of the same project who may do nothing with its containers. */
  reader: SwiftAccess
  /** Under which names a front shows them; the catalogue has them if `named` was asked for. */
  hosts: HostRoutes
  ports: Readonly<{ identity: number; objectStore: number; v1: number }>
  /**
   * Asks for what is in the project, as the administrator of Swift, who may do everything there and whom nothing that
   * happens to the project's users concerns.
   */
  ask: AskAccount
  /** Ends all tokens of the user `demo` that Keystone gave; new ones are to be had after two seconds. */
  endTokens: () => Promise<void>
  processes: ReadonlyArray<ServerProcess>
  stop: () => Promise<void>
}>

/** What may be asked for; the defaults are in brackets. */
export type SwiftOptions = Readonly<{
  /**
   * How long tokens hold, of both kinds (3600). With less than a minute everything is slow, because Swift's own
   * token is then always about to end, and it takes new ones for each request.
   */
  tokenLifeSeconds?: number
  /**
   * For how long Swift believes a token without asking Keystone (-1: never, so that a token that was taken back is
   * refused at once). Keystone takes up to a second for an answer.
   */
  tokenCacheSeconds?: number
  /** What the catalogue calls the object store (`swift`). */
  catalogName?: string
  /** Has the catalogue name hosts that only a front leads to, instead of ports of loopback (false). */
  named?: boolean
}>

/** Names that a front gives to Keystone and to Swift. */
export const openstackNames = {
  identity: 'identity.openstack.test',
  objectStore: 'object-store.openstack.test',
} as const

const passwords: Passwords = {
  admin: 'adminpass',
  swift: 'swiftpass',
  demo: 'demopass',
  reader: 'readerpass',
}

const kinds = ['account', 'container', 'object'] as const

const answers = async (url: string): Promise<boolean> => (await fetch(url)).ok

const makePorts = async (): Promise<OpenstackPorts> => {
  const [memcached = 0, account = 0, container = 0, object = 0, ...others] = await freePorts(7)
  const [tempauthProxy = 0, keystoneProxy = 0, keystone = 0] = others
  return { memcached, account, container, object, tempauthProxy, keystoneProxy, keystone }
}

const confOf = (folder: string, name: string): string => join(folder, `${name}.conf`)

const writeConfigurations = async (settings: SwiftSettings): Promise<void> => {
  const { folder } = settings
  await mkdir(join(folder, 'devices/d1'), { recursive: true })
  for (const keys of ['fernet', 'credential']) await mkdir(join(folder, keys), { mode: 0o700 })
  const texts: ReadonlyArray<readonly [string, string]> = [
    ['swift', swiftConf],
    ...kinds.map((kind) => [kind, storageServerConf(settings, kind)] as const),
    ['tempauth', proxyConf(settings, 'tempauth')],
    ['keystone-proxy', proxyConf(settings, 'keystone')],
    ['keystone', keystoneConf(settings)],
  ]
  for (const [name, text] of texts) await writeFile(confOf(folder, name), text, { mode: 0o600 })
}

const prepareKeystone = async (
  { python }: OpenstackPrograms,
  { folder, ports }: SwiftSettings,
  publicUrl: string,
): Promise<void> => {
  const script = join(import.meta.dirname, 'prepare-keystone.py')
  await runTool({
    tool: python,
    args: [script, confOf(folder, 'keystone'), keystoneDatabase(folder)],
    cwd: folder,
    environment: {
      ADMIN_PASSWORD: passwords.admin,
      PUBLIC_URL: publicUrl,
      INTERNAL_URL: `http://127.0.0.1:${ports.keystone}/v3`,
      PYTHONWARNINGS: 'ignore',
    },
  })
}

const makeRings = (
  { python }: OpenstackPrograms,
  { folder, ports }: SwiftSettings,
): Promise<void> => {
  const script = join(import.meta.dirname, 'make-rings.py')
  const args = [script, folder, ...kinds.map((kind) => `${ports[kind]}`)]
  return runTool({ tool: python, args, cwd: folder })
}

type Started = Readonly<{
  name: string
  command: Command
  isReady: () => Promise<boolean>
}>

const processIn =
  (folder: string) =>
  ({ name, command, isReady }: Started): ServerProcess =>
    serverProcess({
      name,
      path: () => command.program,
      args: command.args,
      logPath: join(folder, `${name}.log`),
      isReady,
    })

const proxy = (
  programs: OpenstackPrograms,
  { folder, ports }: SwiftSettings,
  auth: ProxyAuth,
): Started => {
  const [conf, port] =
    auth === 'tempauth'
      ? (['tempauth', ports.tempauthProxy] as const)
      : (['keystone-proxy', ports.keystoneProxy] as const)
  return {
    name: `swift-proxy-${auth}`,
    command: programs.swiftServer('proxy', confOf(folder, conf)),
    isReady: () => answers(`http://127.0.0.1:${port}/healthcheck`),
  }
}

/** In the order in which they are started; Keystone is the last but one. */
const allOf = (programs: OpenstackPrograms, settings: SwiftSettings): ReadonlyArray<Started> => {
  const { folder, ports } = settings
  const serveKeystone = join(import.meta.dirname, 'serve-keystone.py')
  return [
    {
      name: 'memcached',
      command: programs.memcached(ports.memcached),
      isReady: () => isListening(ports.memcached),
    },
    ...kinds.map((kind) => ({
      name: `swift-${kind}`,
      command: programs.swiftServer(kind, confOf(folder, kind)),
      isReady: () => isListening(ports[kind]),
    })),
    proxy(programs, settings, 'tempauth'),
    proxy(programs, settings, 'keystone'),
    {
      name: 'keystone',
      command: programs.script(serveKeystone, [`${ports.keystone}`], {
        OS_KEYSTONE_CONFIG_FILES: confOf(folder, 'keystone'),
      }),
      isReady: () => answers(`http://127.0.0.1:${ports.keystone}/v3`),
    },
  ]
}

const stopAll = async (processes: ReadonlyArray<ServerProcess>): Promise<void> => {
  await Promise.all(processes.map((process) => process.stop()))
}

/** Starts it: seven processes, about half a gigabyte of memory. */
export const startSwift = async ({
  tokenLifeSeconds = 3600,
  tokenCacheSeconds = -1,
  catalogName = 'swift',
  named = false,
}: SwiftOptions = {}): Promise<Swift> => {
  const programs = await openstackPrograms()
  const folder = await mkdtemp(join(tmpdir(), 'swift-'))
  const forgetFolder = removeAtExit(folder)
  const ports = await makePorts()
  const settings = {
    folder,
    ports,
    tokenLifeSeconds,
    tokenCacheSeconds,
    servicePassword: passwords.swift,
  }
  const keystone = `http://127.0.0.1:${ports.keystone}`
  const [identityUrl, objectStoreUrl] = named
    ? [`https://${openstackNames.identity}`, `https://${openstackNames.objectStore}`]
    : [keystone, `http://127.0.0.1:${ports.keystoneProxy}`]
  const processes = allOf(programs, settings).map(processIn(folder))
  const stop = async (): Promise<void> => {
    await stopAll(processes)
    await rm(folder, { recursive: true, force: true })
    forgetFolder()
  }
  try {
    await writeConfigurations(settings)
    await Promise.all([
      makeRings(programs, settings),
      prepareKeystone(programs, settings, `${identityUrl}/v3`),
    ])
    await Promise.all(processes.map((process) => process.start()))
    const entry = { name: catalogName, url: `${objectStoreUrl}/v1/AUTH_$(project_id)s` }
    const identity = await setUpIdentity(`${keystone}/v3`, passwords, entry)
    const authUrl = `${identityUrl}/v3`
    return {
      v1: {
        authUrl: `http://127.0.0.1:${ports.tempauthProxy}/auth/v1.0`,
        user: 'demo:demo',
        password: passwords.demo,
      },
      v3: { authUrl, user: 'demo', password: passwords.demo, ...identity },
      reader: { authUrl, user: 'reader', password: passwords.reader },
      hosts: {
        [openstackNames.identity]: { port: ports.keystone },
        [openstackNames.objectStore]: { port: ports.keystoneProxy },
      },
      ports: {
        identity: ports.keystone,
        objectStore: ports.keystoneProxy,
        v1: ports.tempauthProxy,
      },
      ask: askAfterLogin({
        keystoneUrl: `${keystone}/v3`,
        account: `http://127.0.0.1:${ports.keystoneProxy}/v1/AUTH_${identity.projectId}`,
        login: { user: 'admin', password: passwords.admin, project: 'admin' },
      }),
      endTokens: () => endTokensOf(`${keystone}/v3`, passwords.admin, identity.userId),
      processes,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
