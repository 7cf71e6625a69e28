import { setTimeout as sleep } from 'node:timers/promises'

type Json = Readonly<Record<string, unknown>>

/** Whom Keystone knows, and by what. All of them are in the domain `Default`, id `default`. */
export type Identity = Readonly<{
  projectId: string
  userId: string
  /** Made by the user `demo` for itself; may use what the role swiftoperator may. */
  applicationCredential: Readonly<{ id: string; name: string; secret: string }>
}>

/** Passwords that Keystone is given. */
export type Passwords = Readonly<Record<'admin' | 'swift' | 'demo' | 'reader', string>>

/** Who asks for a token, and for which project. */
export type Login = Readonly<{ user: string; password: string; project: string }>

const inDefault = { domain: { id: 'default' } }

const send = async (
  url: string,
  { method = 'POST', token, body }: Readonly<{ method?: string; token?: string; body?: Json }>,
): Promise<Readonly<{ token: string; json: Json }>> => {
  const answer = await fetch(url, {
    method,
    headers: { 'Content-Type': 'application/json', ...(token && { 'X-Auth-Token': token }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`)
  return {
    token: answer.headers.get('x-subject-token') ?? '',
    json: text === '' ? {} : (JSON.parse(text) as Json),
  }
}

/** A token of Keystone for a user's password. */
export const tokenFor = async (
  keystoneUrl: string,
  { user, password, project }: Login,
): Promise<string> => {
  const identity = {
    methods: ['password'],
    password: { user: { name: user, password, ...inDefault } },
  }
  const scope = { project: { name: project, ...inDefault } }
  const { token } = await send(`${keystoneUrl}/auth/tokens`, {
    body: { auth: { identity, scope } },
  })
  return token
}

/**
 * Ends all tokens of a user, and lets it have new ones: it is disabled for a moment. Takes two seconds, because
 * Keystone also ends what it gives out within the second in which it is told to.
 */
export const endTokensOf = async (
  keystoneUrl: string,
  adminPassword: string,
  userId: string,
): Promise<void> => {
  const admin = { user: 'admin', password: adminPassword, project: 'admin' }
  const token = await tokenFor(keystoneUrl, admin)
  for (const enabled of [false, true])
    await send(`${keystoneUrl}/users/${userId}`, {
      method: 'PATCH',
      token,
      body: { user: { enabled } },
    })
  await sleep(2_000)
}

/** Keystone ends what it gives out within the second in which it ends a user's other tokens. */
const UNTIL_TOKENS_LAST_MS = 1_100

/**
 * Gives a user another password, as the user would, which ends all of its tokens; returns when those last that are given
 * out for the new one.
 */
export const changePasswordOf = async (
  keystoneUrl: string,
  userId: string,
  { from, to }: Readonly<{ from: string; to: string }>,
): Promise<void> => {
  await send(`${keystoneUrl}/users/${userId}/password`, {
    body: { user: { original_password: from, password: to } },
  })
  await sleep(UNTIL_TOKENS_LAST_MS)
}

type Names = Readonly<Record<string, string>>

const roleIds = async (keystoneUrl: string, token: string): Promise<Names> => {
  const { json } = await send(`${keystoneUrl}/roles`, { method: 'GET', token })
  const roles = json['roles'] as ReadonlyArray<Readonly<{ name: string; id: string }>>
  return Object.fromEntries(roles.map(({ name, id }) => [name, id]))
}

/** How the object store is announced. */
export type ObjectStoreEntry = Readonly<{ name: string; url: string }>

/** Fills a fresh Keystone: projects, users with their roles, the object store, an application credential. */
export const setUpIdentity = async (
  keystoneUrl: string,
  passwords: Passwords,
  objectStore: ObjectStoreEntry,
): Promise<Identity> => {
  const admin = { user: 'admin', password: passwords.admin, project: 'admin' }
  const token = await tokenFor(keystoneUrl, admin)
  const create = async (kind: string, plural: string, body: Json): Promise<string> => {
    const { json } = await send(`${keystoneUrl}/${plural}`, { token, body: { [kind]: body } })
    return (json[kind] as Readonly<{ id: string }>).id
  }
  const roles: Names = {
    ...(await roleIds(keystoneUrl, token)),
    swiftoperator: await create('role', 'roles', { name: 'swiftoperator' }),
  }
  const project = (name: string): Promise<string> =>
    create('project', 'projects', { name, domain_id: 'default' })
  const user = async (
    name: 'swift' | 'demo' | 'reader',
    projectId: string,
    role: string,
  ): Promise<string> => {
    const body = { name, password: passwords[name], domain_id: 'default' }
    const id = await create('user', 'users', { ...body, default_project_id: projectId })
    await send(`${keystoneUrl}/projects/${projectId}/users/${id}/roles/${roles[role]}`, {
      method: 'PUT',
      token,
    })
    return id
  }
  await user('swift', await project('service'), 'admin')
  const projectId = await project('demo')
  const userId = await user('demo', projectId, 'swiftoperator')
  await user('reader', projectId, 'reader')
  const service = await create('service', 'services', {
    name: objectStore.name,
    type: 'object-store',
  })
  for (const face of ['public', 'internal', 'admin']) {
    const where = { service_id: service, interface: face, region_id: 'RegionOne' }
    await create('endpoint', 'endpoints', { ...where, url: objectStore.url })
  }
  const demo = { user: 'demo', password: passwords.demo, project: 'demo' }
  const { json } = await send(`${keystoneUrl}/users/${userId}/application_credentials`, {
    token: await tokenFor(keystoneUrl, demo),
    body: { application_credential: { name: 'registry' } },
  })
  const made = json['application_credential'] as Identity['applicationCredential']
  const { id, name, secret } = made
  return { projectId, userId, applicationCredential: { id, name, secret } }
}
