import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  type InMemoryApiServer,
  startInMemoryApiServer,
} from '@image-registry-operator/apply/testing'
import type { KubeObject } from '@image-registry-operator/render/model'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { certificateAuthority } from '../../cluster/certificates'
import { singleContext } from '../../cluster/kubeconfig'
import { runCommand } from '../../harness/bundle'
import { eventually } from '../../harness/eventually'
import { type OperatorProcess, releaseEnv, startOperator } from '../../harness/operator-process'
import { type RegistryPod, startRegistryPod } from '../../storage-servers/registry/registry-pod'
import { registryProgram } from '../../storage-servers/registry/registry-program'
import { askRegistry } from '../../storage-servers/registry/registry-request'
import { ANN, ANNS_LINE, type RegistryUser } from '../../storage-servers/registry/registry-user'

const NAMESPACE = 'openshift-image-registry'

const CONFIG: KubeObject = {
  apiVersion: 'imageregistry.operator.openshift.io/v1',
  kind: 'Config',
  metadata: { name: 'cluster' },
  spec: { managementState: 'Managed', replicas: 1, storage: { emptyDir: {} } },
}

let folder: string
let server: InMemoryApiServer
let operator: OperatorProcess

const definitions = async (): Promise<ReadonlyArray<KubeObject>> => {
  const command = ['install', '--platform', 'kubernetes', '-o', 'json']
  const { stdout } = await runCommand(command, releaseEnv)
  const { items } = JSON.parse(stdout) as Readonly<{ items: ReadonlyArray<KubeObject> }>
  return items.filter(({ kind }) => kind === 'CustomResourceDefinition')
}

beforeAll(async () => {
  await registryProgram('distribution-3')
  folder = await mkdtemp(join(tmpdir(), 'authentication-'))
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }
  server = await startInMemoryApiServer({ objects: [...(await definitions()), namespace, CONFIG] })
  const kubeconfigPath = join(folder, 'kubeconfig')
  const config = singleContext('plain', { server: server.url }, ['anybody', {}])
  await writeFile(kubeconfigPath, JSON.stringify(config))
  operator = await startOperator({ kubeconfigPath })
})

afterAll(async () => {
  await operator?.stop()
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})

const secret = (name: string, texts: Readonly<Record<string, string>>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: NAMESPACE },
  data: Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
  ),
})

const found = (kind: string, name: string): KubeObject | undefined =>
  server.objects().find((object) => object.kind === kind && object.metadata.name === name)

const entry = (name: string, key: string): string => {
  const data = found('Secret', name)?.['data'] as Readonly<Record<string, string>> | undefined
  return Buffer.from(data?.[key] ?? '', 'base64').toString()
}

const file = (): string => entry('image-registry-htpasswd', 'htpasswd')

const untilFile = (what: string, isSo: (text: string) => boolean): Promise<true> =>
  eventually(what, async () => (isSo(file()) ? true : undefined))

const untilPodsAre = (text: string): Promise<true> =>
  eventually(`the pods have ${text}`, async () =>
    JSON.stringify(found('Deployment', 'image-registry') ?? '').includes(text) ? true : undefined,
  )

/** What the kubelet does when a Secret has changed: the new file takes the place of the old one at once. */
const asKubelet = async (pod: RegistryPod): Promise<void> => {
  const path = join(pod.folder, 'volumes/registry-auth/htpasswd')
  await writeFile(`${path}.new`, file())
  await rename(`${path}.new`, path)
}

const status = async (pod: RegistryPod, url: string, user?: RegistryUser) => {
  const asked = user === undefined ? pod : { ...pod, user }
  return (await askRegistry(asked, { method: 'GET', url })).status
}

const admin = (password: string): RegistryUser => ({ name: 'admin', password })

const startPod = (): Promise<RegistryPod> =>
  startRegistryPod({ program: 'distribution-3', objects: server.objects() })

describe('a registry on plain Kubernetes', () => {
  it('lets nobody in but its users, and those who are added without a restart', async () => {
    await untilFile('a first user', (text) => text.startsWith('admin:'))
    await untilPodsAre('"htpasswd"')
    const pod = await startPod()
    const password = entry('image-registry-first-user', 'password')
    expect(await status(pod, '/v2/')).toBe(401)
    expect(await status(pod, '/v2/_catalog', admin('admin'))).toBe(401)
    expect(await status(pod, '/v2/_catalog', admin(password))).toBe(200)
    expect(await status(pod, '/v2/_catalog', ANN)).toBe(401)
    // What the probes ask.
    expect(await status(pod, '/')).toBe(200)

    server.load(secret('image-registry-users', { htpasswd: `no line of a user\n${ANNS_LINE}\n` }))
    await untilFile('ann', (text) => text.includes(ANNS_LINE))
    await asKubelet(pod)
    expect(await status(pod, '/v2/_catalog', ANN)).toBe(200)
    expect(await status(pod, '/v2/_catalog', admin(password))).toBe(200)

    server.load(secret('image-registry-users', { htpasswd: '' }))
    server.load(secret('image-registry-first-user', { username: 'admin', password: 'another' }))
    await untilFile('no ann', (text) => !text.includes(ANNS_LINE))
    await eventually('the new password', async () => {
      await asKubelet(pod)
      return (await status(pod, '/v2/_catalog', admin('another'))) === 200 ? true : undefined
    })
    expect(await status(pod, '/v2/_catalog', ANN)).toBe(401)
    expect(await status(pod, '/v2/_catalog', admin(password))).toBe(401)
    expect(operator.log().join('\n')).not.toContain(password)
    await pod.stop()
  })

  it('sends clients to the token server that somebody names', async () => {
    const { certificate } = await certificateAuthority('tokens')
    const realm = 'https://tokens.example.com/auth'
    server.load({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'image-registry-token-auth', namespace: NAMESPACE },
      data: {
        realm,
        service: 'images',
        issuer: 'tokens',
        rootcertbundle: certificate,
        signingalgorithms: 'ES256 RS256',
      },
    })
    await untilPodsAre('REGISTRY_AUTH_TOKEN_SIGNINGALGORITHMS')
    const pod = await startPod()
    const answer = await askRegistry(pod, { method: 'GET', url: '/v2/' })
    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toBe(`Bearer realm="${realm}",service="images"`)
    await pod.stop()
  })

  it('lets everybody in where somebody says so, and tells that', async () => {
    const annotations = { 'imageregistry.operator.openshift.io/authentication': 'none' }
    server.load({ ...CONFIG, metadata: { ...CONFIG.metadata, annotations } })
    await eventually('pods that ask nobody', async () =>
      JSON.stringify(found('Deployment', 'image-registry')).includes('REGISTRY_AUTH')
        ? undefined
        : true,
    )
    const pod = await startPod()
    expect(await status(pod, '/v2/_catalog')).toBe(200)
    expect(JSON.stringify(found('Config', 'cluster')?.['status'])).toContain('Anonymous')
    await pod.stop()
  })
})
