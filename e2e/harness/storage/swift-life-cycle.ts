import { createHash } from 'node:crypto'

import type { KubeObject } from '../../cluster/cluster-client'
import { type Faults, startFaults } from '../../storage-servers/faults/faults'
import { type Front, startFront } from '../../storage-servers/front/front'
import type { AskAccount } from '../../storage-servers/swift/ask-account'
import { changePasswordOf } from '../../storage-servers/swift/identity-setup'
import { openstackNames, startSwift, type Swift } from '../../storage-servers/swift/swift'
import { MINTED_SECRET, USER_SECRET } from './cloud-cluster'
import { storageName } from './config-storage'
import { heldRequests } from './held-requests'
import type { Credentials, LifeCycleBackend, OwnLook, OwnStorage } from './life-cycle-backend'

const META = 'x-container-meta-'

/** What people set on a container, of the many headers that it has. The registry itself gives it a key for links. */
const isSetting = (name: string): boolean =>
  (name.startsWith(META) && name !== `${META}temp-url-key`) ||
  name === 'x-container-read' ||
  name === 'x-container-write'

type Listed = ReadonlyArray<Readonly<{ name: string }>>

const pathOf = (...names: ReadonlyArray<string>): string =>
  `/${names.map(encodeURIComponent).join('/')}`

/** The answer to whoever may do everything; anything but what was asked for is an error that repeats it. */
const asked = async (ask: AskAccount, ...request: Parameters<AskAccount>): Promise<Response> => {
  const answer = await ask(...request)
  if (answer.ok) return answer
  const [method, path] = request
  throw new Error(`${method} ${path}: ${answer.status} ${(await answer.text()).slice(0, 500)}`)
}

const listed = async (ask: AskAccount, path: string): Promise<ReadonlyArray<string>> => {
  const answer = await asked(ask, 'GET', `${path}?format=json`)
  // Swift's own listings.
  return answer.status === 204 ? [] : ((await answer.json()) as Listed).map(({ name }) => name)
}

const settingsOf = async (ask: AskAccount, name: string): Promise<unknown> => {
  const { headers } = await asked(ask, 'HEAD', pathOf(name))
  return Object.fromEntries([...headers].filter(([header]) => isSetting(header)))
}

/** All containers with their settings, without what is in them. */
const allContainers = async (ask: AskAccount): Promise<Readonly<Record<string, unknown>>> => {
  const names = await listed(ask, '/')
  const seen = await Promise.all(
    names.map(async (name) => [name, await settingsOf(ask, name)] as const),
  )
  return Object.fromEntries(seen)
}

const marked = (config: KubeObject): unknown => {
  const name = storageName(config, ['swift', 'container'])
  return {
    [name]: {
      [`${META}openshiftclusterid`]: 'demo-x7k2p',
      [`${META}name`]: name,
      [`${META}imageregistry-config-uid`]: config.metadata.uid,
    },
  }
}

const drifted = async (ask: AskAccount): Promise<void> => {
  const headers = { 'X-Container-Meta-Name': 'another' }
  for (const name of await listed(ask, '/')) await asked(ask, 'POST', pathOf(name), { headers })
}

const digestOf = async (ask: AskAccount, path: string): Promise<string> => {
  const answer = await asked(ask, 'GET', path)
  const content = Buffer.from(await answer.arrayBuffer())
  return createHash('sha256').update(content).digest('hex')
}

const ownLook = async (ask: AskAccount, name: string): Promise<OwnLook> => {
  const objects = await Promise.all(
    (await listed(ask, pathOf(name))).map(
      async (object) => [object, await digestOf(ask, pathOf(name, object))] as const,
    ),
  )
  return { settings: await settingsOf(ask, name), objects: Object.fromEntries(objects) }
}

/** Everything goes that an earlier cluster, or its user, has left. */
const removeAll = async (ask: AskAccount): Promise<void> => {
  for (const container of await listed(ask, '/')) {
    for (const object of await listed(ask, pathOf(container)))
      await asked(ask, 'DELETE', pathOf(container, object))
    await asked(ask, 'DELETE', pathOf(container))
  }
}

/** A container of a user's, with metadata, permissions and objects. */
const ownContainer = async (ask: AskAccount, place: object): Promise<OwnStorage> => {
  const name = 'images-of-a-user'
  const headers = { 'X-Container-Meta-Team': 'blue', 'X-Container-Read': '.r:*' }
  await asked(ask, 'PUT', pathOf(name))
  await asked(ask, 'POST', pathOf(name), { headers })
  for (const object of ['index', 'of-a-user'])
    await asked(ask, 'PUT', pathOf(name, object), { body: `what is in ${object}` })
  return { spec: { swift: { ...place, container: name } }, look: () => ownLook(ask, name) }
}

const cloudsYaml = (auth: Readonly<Record<string, string>>): Credentials => ({
  'clouds.yaml': `clouds:
  openstack:
    auth: ${JSON.stringify(auth)}
    region_name: RegionOne
    identity_api_version: '3'
`,
})

const userKeys = (username: string, password: string): Credentials => ({
  REGISTRY_STORAGE_SWIFT_USERNAME: username,
  REGISTRY_STORAGE_SWIFT_PASSWORD: password,
})

/** OpenStack behind its own host names. */
export type Openstack = Readonly<{
  swift: Swift
  faults: Faults
  front: Front
  /** The password of the containers' owner that is good now. */
  password: () => string
  /** The owner's password becomes another one, which is returned; all of the owner's tokens end. */
  changePassword: () => Promise<string>
  stop: () => Promise<void>
}>

const passwordsOf = ({ ports, v3 }: Swift): Pick<Openstack, 'password' | 'changePassword'> => {
  let password = v3.password
  return {
    password: () => password,
    changePassword: async () => {
      const next = `${password}-changed`
      const keystone = `http://127.0.0.1:${ports.identity}/v3`
      await changePasswordOf(keystone, v3.userId, { from: password, to: next })
      password = next
      return next
    },
  }
}

export const startOpenstack = async (): Promise<Openstack> => {
  const swift = await startSwift({ named: true, tokenCacheSeconds: 300 })
  const faults = await startFaults({
    target: { port: swift.ports.objectStore },
    dialect: 'swift',
  })
  const front = await startFront({
    hosts: { ...swift.hosts, [openstackNames.objectStore]: { port: faults.port } },
  })
  return {
    swift,
    faults,
    front,
    ...passwordsOf(swift),
    stop: async () => {
      for (const server of [front, faults, swift]) await server.stop()
    },
  }
}

const ofOpenstack = ({ swift: { ask }, faults, front }: Openstack) => ({
  registry: { build: 'distribution-2.8', program: 'docker-registry-2.8' } as const,
  network: front,
  look: () => allContainers(ask),
  nothing: {},
  drift: () => drifted(ask),
  gate: heldRequests(faults, ({ method }) => method === 'PUT'),
  requests: faults.requests,
})

/** The cluster runs on OpenStack, and its credentials are a clouds.yaml. */
export const swiftByClouds = async (openstack: Openstack): Promise<LifeCycleBackend> => {
  const { swift, password, changePassword } = openstack
  await removeAll(swift.ask)
  const authWith = (secret: string) => ({
    auth_url: swift.v3.authUrl,
    username: swift.v3.user,
    password: secret,
    project_name: 'demo',
    user_domain_name: 'Default',
  })
  return {
    ...ofOpenstack(openstack),
    platform: { type: 'OpenStack', openstack: { cloudName: 'openstack' } },
    secret: MINTED_SECRET,
    credentials: cloudsYaml(authWith(password())),
    rotated: async () => cloudsYaml(authWith(await changePassword())),
    wrong: cloudsYaml(authWith('a password that is wrong')),
    made: marked,
    own: () => ownContainer(swift.ask, {}),
    stop: () => Promise.resolve(),
  }
}

/** A cluster of another platform, whose user says where Swift is. */
export const swiftByUser = async (openstack: Openstack): Promise<LifeCycleBackend> => {
  const { swift, password, changePassword } = openstack
  await removeAll(swift.ask)
  const place = {
    authURL: swift.v3.authUrl,
    authVersion: '3',
    tenant: 'demo',
    domain: 'Default',
    regionName: 'RegionOne',
  }
  return {
    ...ofOpenstack(openstack),
    platform: { type: 'None' },
    spec: { managementState: 'Managed', replicas: 1, storage: { swift: place } },
    secret: USER_SECRET,
    credentials: userKeys(swift.v3.user, password()),
    rotated: async () => userKeys(swift.v3.user, await changePassword()),
    wrong: userKeys(swift.v3.user, 'a password that is wrong'),
    made: marked,
    own: () => ownContainer(swift.ask, place),
    stop: () => Promise.resolve(),
  }
}
