import { createHash } from 'node:crypto'

import { type SwiftOwner, tokenHolder } from '../../cases/swift-owner'
import type { KubeObject } from '../../cluster/cluster-client'
import { type Faults, startFaults } from '../../storage-servers/faults/faults'
import { type Front, startFront } from '../../storage-servers/front/front'
import { tokenFor } from '../../storage-servers/swift/identity-setup'
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

const listed = async ({ ask }: SwiftOwner, path: string): Promise<ReadonlyArray<string>> => {
  const answer = await ask('GET', `${path}?format=json`)
  return answer.status === 204 ? [] : ((await answer.json()) as Listed).map(({ name }) => name)
}

const settingsOf = async ({ ask }: SwiftOwner, name: string): Promise<unknown> => {
  const { headers } = await ask('HEAD', `/${encodeURIComponent(name)}`)
  return Object.fromEntries([...headers].filter(([header]) => isSetting(header)))
}

/** All containers with their settings, without what is in them. */
const allContainers = async (owner: SwiftOwner): Promise<Readonly<Record<string, unknown>>> => {
  const names = await listed(owner, '/')
  const seen = await Promise.all(
    names.map(async (name) => [name, await settingsOf(owner, name)] as const),
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

/** Asks as the containers' owner, with headers. */
const post = async (
  { ask }: SwiftOwner,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> => {
  const { status } = await ask('POST', path, { headers })
  if (status >= 300) throw new Error(`POST ${path}: ${status}`)
}

const drifted = async (owner: SwiftOwner): Promise<void> => {
  for (const name of await listed(owner, '/'))
    await post(owner, `/${encodeURIComponent(name)}`, { 'X-Container-Meta-Name': 'another' })
}

const ownLook = async (owner: SwiftOwner, name: string): Promise<OwnLook> => {
  const objects = await Promise.all(
    (await listed(owner, `/${name}`)).map(async (object) => {
      const answer = await owner.ask('GET', `/${name}/${object}`)
      const content = Buffer.from(await answer.arrayBuffer())
      return [object, createHash('sha256').update(content).digest('hex')] as const
    }),
  )
  return { settings: await settingsOf(owner, name), objects: Object.fromEntries(objects) }
}

/** Everything goes that an earlier cluster, or its user, has left. */
const removeAll = async (owner: SwiftOwner): Promise<void> => {
  for (const container of await listed(owner, '/')) {
    const path = `/${encodeURIComponent(container)}`
    for (const object of await listed(owner, path)) await owner.ask('DELETE', `${path}/${object}`)
    await owner.ask('DELETE', path)
  }
}

/** A container of a user's, with metadata, permissions and objects. */
const ownContainer = async (owner: SwiftOwner, place: object): Promise<OwnStorage> => {
  const name = 'images-of-a-user'
  await owner.ask('PUT', `/${name}`)
  await post(owner, `/${name}`, { 'X-Container-Meta-Team': 'blue', 'X-Container-Read': '.r:*' })
  for (const object of ['index', 'of-a-user'])
    await owner.ask('PUT', `/${name}/${object}`, { body: `what is in ${object}` })
  return { spec: { swift: { ...place, container: name } }, look: () => ownLook(owner, name) }
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
  /** Who owns the containers, with the password that is good now. */
  owner: () => Promise<SwiftOwner>
  password: () => string
  /** The owner's password becomes another one, which is returned. */
  changePassword: () => Promise<string>
  stop: () => Promise<void>
}>

type Owner = Pick<Openstack, 'owner' | 'password' | 'changePassword'>

const ownerOf = ({ ports, v3 }: Swift): Owner => {
  const keystone = `http://127.0.0.1:${ports.identity}/v3`
  let password = v3.password
  const newToken = (): Promise<string> =>
    tokenFor(keystone, { user: v3.user, password, project: 'demo' })
  // Keystone takes a second for each.
  let token = newToken()
  return {
    owner: async () =>
      tokenHolder(`http://127.0.0.1:${ports.objectStore}/v1/AUTH_${v3.projectId}`, await token),
    password: () => password,
    changePassword: async () => {
      const next = `${password}-changed`
      const { status } = await fetch(`${keystone}/users/${v3.userId}/password`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Auth-Token': await token },
        body: JSON.stringify({ user: { original_password: password, password: next } }),
      })
      if (status !== 204) throw new Error(`The password was not changed: ${status}`)
      password = next
      token = newToken()
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
    ...ownerOf(swift),
    stop: async () => {
      for (const server of [front, faults, swift]) await server.stop()
    },
  }
}

const ofOpenstack = ({ faults, front, owner }: Openstack) => ({
  registry: { build: 'distribution-2.8', program: 'docker-registry-2.8' } as const,
  network: front,
  look: async () => allContainers(await owner()),
  nothing: {},
  drift: async () => drifted(await owner()),
  gate: heldRequests(faults, ({ method }) => method === 'PUT'),
  requests: faults.requests,
})

/** The cluster runs on OpenStack, and its credentials are a clouds.yaml. */
export const swiftByClouds = async (openstack: Openstack): Promise<LifeCycleBackend> => {
  const { swift, password, changePassword, owner } = openstack
  await removeAll(await owner())
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
    own: async () => ownContainer(await owner(), {}),
    stop: () => Promise.resolve(),
  }
}

/** A cluster of another platform, whose user says where Swift is. */
export const swiftByUser = async (openstack: Openstack): Promise<LifeCycleBackend> => {
  const { swift, password, changePassword, owner } = openstack
  await removeAll(await owner())
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
    own: async () => ownContainer(await owner(), place),
    stop: () => Promise.resolve(),
  }
}
