import {
  startInMemoryApiServer,
  type InMemoryApiServer,
} from '@image-registry-operator/apply/testing'
import { crds } from '@image-registry-operator/render'
import { isJsonObject, userLines, type KubeObject } from '@image-registry-operator/render/model'
import { expect, it, onTestFinished } from 'vitest'

import { runCli } from './cli/run-cli'
import { kubeconfigFor } from './testing/kubeconfig-for'
import { recordedIo } from './testing/recorded-io'
import { eventually, startedOperator } from './testing/started-operator'

const NAMESPACE = 'openshift-image-registry'

const CONFIG: KubeObject = {
  apiVersion: 'imageregistry.operator.openshift.io/v1',
  kind: 'Config',
  metadata: { name: 'cluster' },
  spec: { managementState: 'Managed', replicas: 1, storage: { emptyDir: {} } },
}

const CLUSTER: ReadonlyArray<KubeObject> = [
  ...crds(),
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
  CONFIG,
]

const FIRST = 'image-registry-first-user'
const FILE = 'image-registry-htpasswd'

/** The password that somebody has chosen, and a hash that somebody has made. */
const PASSWORD = 'correct horse battery staple'
const ADDED = `ann:$2y$10$${'x'.repeat(53)}`

const base64 = (text: string): string => Buffer.from(text).toString('base64')

const secret = (name: string, data: { readonly [key: string]: string }): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: NAMESPACE },
  data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, base64(text)])),
})

const found = (server: InMemoryApiServer, kind: string, name: string): KubeObject | undefined =>
  server.objects().find((object) => object.kind === kind && object.metadata.name === name)

/** An entry of a Secret, decoded; empty while it is not there. */
const entry = (server: InMemoryApiServer, name: string, key: string): string => {
  const data = found(server, 'Secret', name)?.['data']
  return isJsonObject(data) ? Buffer.from(String(data[key] ?? ''), 'base64').toString() : ''
}

const file = (server: InMemoryApiServer): string => entry(server, FILE, 'htpasswd')

const template = (server: InMemoryApiServer): string => {
  const spec = found(server, 'Deployment', 'image-registry')?.['spec']
  return JSON.stringify(isJsonObject(spec) ? spec['template'] : undefined)
}

const started = async () => {
  const server = await startInMemoryApiServer({ objects: CLUSTER })
  onTestFinished(server.close)
  const operator = startedOperator(server)
  await eventually(
    () => found(server, 'Deployment', 'image-registry') !== undefined && file(server),
    (text) => text !== '' && text !== false,
  )
  return { server, operator }
}

it('a registry on plain Kubernetes has a first user, and those whom people add, without a restart', async () => {
  const { server, operator } = await started()
  expect(entry(server, FIRST, 'username')).toBe('admin')
  expect(entry(server, FIRST, 'password')).toMatch(/^[0-9a-f]{32}$/)
  const [before, first] = [template(server), file(server)]
  expect(userLines(first)).toBe(first)
  expect(first).toMatch(/^admin:/)

  server.load(secret('image-registry-users', { htpasswd: `${ADDED}\nbob:hunter2\n` }))
  const added = await eventually(
    () => file(server),
    (text) => text !== first,
  )
  expect(added).toMatch(/^admin:\S{60}\n/)
  expect(added.endsWith(`\n${ADDED}\n`) && !added.includes('bob')).toBe(true)
  await eventually(
    () => JSON.stringify(found(server, 'Config', 'cluster')?.['status']),
    (text) => text.includes('line 2 has no bcrypt hash after the colon'),
  )

  server.load(secret(FIRST, { username: 'admin', password: PASSWORD }))
  await eventually(
    () => file(server),
    (text) => text !== added,
  )
  expect(entry(server, FIRST, 'password')).toBe(PASSWORD)
  expect(template(server)).toBe(before)

  const { io, out } = recordedIo()
  await runCli(io, ['observe', '--kubeconfig', await kubeconfigFor(server)])()
  await runCli(io, ['plan', '--kubeconfig', await kubeconfigFor(server)])()
  expect(out()).toContain('lacks: hash')
  const status = JSON.stringify(found(server, 'Config', 'cluster')?.['status'])
  for (const told of [JSON.stringify(operator.log()), out(), status])
    for (const canary of [PASSWORD, base64(PASSWORD), 'hunter2', 'x'.repeat(20), '$2'])
      expect(told).not.toContain(canary)
})

it('users stay when somebody names a token server, for pods and pull secrets of before', async () => {
  const { server } = await started()
  const password = entry(server, FIRST, 'password')
  server.load(secret('image-registry-users', { htpasswd: ADDED }))
  const PEM = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n'
  server.load({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'image-registry-token-auth', namespace: NAMESPACE },
    data: { realm: 'https://a/auth', service: 'a', issuer: 'a', rootcertbundle: PEM },
  })
  await eventually(
    () => template(server),
    (text) => text.includes('REGISTRY_AUTH_TOKEN_REALM'),
  )
  expect(entry(server, FIRST, 'password')).toBe(password)
  for (const name of [FILE, 'image-registry-users'])
    expect(found(server, 'Secret', name)).toBeDefined()
})

it('what was made for the registry goes with it', async () => {
  const { server } = await started()
  server.load(secret('image-registry-users', { htpasswd: ADDED }))
  server.load({ ...CONFIG, spec: { managementState: 'Removed', replicas: 1 } })
  await eventually(
    () => [FIRST, FILE].map((name) => found(server, 'Secret', name)),
    (secrets) => secrets.every((one) => one === undefined),
  )
  expect(found(server, 'Secret', 'image-registry-users')).toBeDefined()
})
