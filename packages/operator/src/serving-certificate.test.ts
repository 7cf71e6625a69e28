import { X509Certificate } from 'node:crypto'

import {
  startInMemoryApiServer,
  type InMemoryApiServer,
} from '@image-registry-operator/apply/testing'
import { crds } from '@image-registry-operator/render'
import { isJsonObject, type KubeObject } from '@image-registry-operator/render/model'
import { expect, it, onTestFinished } from 'vitest'

import { runCli } from './cli/run-cli'
import { kubeconfigFor } from './testing/kubeconfig-for'
import { recordedIo } from './testing/recorded-io'
import { eventually, startedOperator } from './testing/started-operator'
import { selfSigned } from '@image-registry-operator/storage-drivers/testing'

const NAMESPACE = 'openshift-image-registry'

const SPEC = { managementState: 'Managed', replicas: 1, storage: { emptyDir: {} } }

const CONFIG: KubeObject = {
  apiVersion: 'imageregistry.operator.openshift.io/v1',
  kind: 'Config',
  metadata: { name: 'cluster' },
  spec: SPEC,
}

const CLUSTER: ReadonlyArray<KubeObject> = [
  ...crds(),
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
  CONFIG,
]

const TLS = 'image-registry-tls'
const SIGNER = 'image-registry-signer'

const found = (server: InMemoryApiServer, kind: string, name: string): KubeObject | undefined =>
  server.objects().find((object) => object.kind === kind && object.metadata.name === name)

/** The entries of a Secret, decoded; none while it is not there. */
const entries = (server: InMemoryApiServer, name: string): { readonly [key: string]: string } => {
  const data = found(server, 'Secret', name)?.['data']
  return Object.fromEntries(
    Object.entries(isJsonObject(data) ? data : {}).map(([key, value]) => [
      key,
      Buffer.from(String(value), 'base64').toString(),
    ]),
  )
}

const started = async (objects: ReadonlyArray<KubeObject> = CLUSTER) => {
  const server = await startInMemoryApiServer({ objects })
  onTestFinished(server.close)
  const operator = startedOperator(server)
  await eventually(
    () => found(server, 'Deployment', 'image-registry'),
    (deployment) => deployment !== undefined,
  )
  return { server, operator }
}

const settled = async (server: InMemoryApiServer): Promise<number> => {
  const versions = () =>
    Math.max(...server.objects().map(({ metadata }) => Number(metadata.resourceVersion ?? 0)))
  const before = versions()
  await new Promise((resolve) => setTimeout(resolve, 400))
  return versions() === before ? before : settled(server)
}

it('a registry on plain Kubernetes has a certificate that its clients can trust, and no key is told', async () => {
  const { server, operator } = await started()
  await settled(server)
  const [serving, signer] = [entries(server, TLS), entries(server, SIGNER)]
  const leaf = new X509Certificate(serving['tls.crt'] ?? '')
  const authority = new X509Certificate(signer['tls.crt'] ?? '')
  expect(leaf.checkIssued(authority) && leaf.verify(authority.publicKey)).toBe(true)
  expect(leaf.checkHost('image-registry.openshift-image-registry.svc')).toBeDefined()
  expect(serving['ca.crt']).toBe(signer['tls.crt'])
  expect(found(server, 'ConfigMap', 'image-registry-serving-ca')).toMatchObject({
    data: { 'ca.crt': signer['tls.crt'] },
  })
  const { io, out } = recordedIo()
  await runCli(io, ['observe', '--kubeconfig', await kubeconfigFor(server)])()
  expect(out()).toContain('notAfter')
  const told = [JSON.stringify(operator.log()), out()]
  for (const key of [serving['tls.key'] ?? '', signer['tls.key'] ?? '']) {
    expect(key).toContain('PRIVATE KEY')
    const [, line = ''] = key.split('\n')
    const canaries = [line, Buffer.from(key).toString('base64').slice(60, 100)]
    for (const text of told) for (const canary of canaries) expect(text).not.toContain(canary)
  }
})

it('it stays the same one, also for an operator that has been restarted', async () => {
  const { server, operator } = await started()
  const at = await settled(server)
  const before = entries(server, TLS)
  await operator.stop()
  startedOperator(server)
  await settled(server)
  expect(entries(server, TLS)).toEqual(before)
  expect(at).toBeGreaterThan(0)
})

it('it is another one as soon as another name is asked for, of the same authority', async () => {
  const { server } = await started()
  await settled(server)
  const [before, signer] = [entries(server, TLS), entries(server, SIGNER)]
  const routes = [{ name: 'a', hostname: 'registry.example.com', secretName: '' }]
  server.load({ ...CONFIG, spec: { ...SPEC, routes } })
  const after = await eventually(
    () => entries(server, TLS)['tls.crt'] ?? '',
    (certificate) => certificate !== before['tls.crt'],
  )
  expect(new X509Certificate(after).checkHost('registry.example.com')).toBeDefined()
  await settled(server)
  expect(entries(server, SIGNER)).toEqual(signer)
})

it('one of the user’s is left alone', async () => {
  const { certificate, privateKey } = await selfSigned()
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const own: KubeObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: TLS, namespace: NAMESPACE },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': base64(certificate), 'tls.key': base64(privateKey) },
  }
  const { server } = await started([...CLUSTER, own])
  await settled(server)
  expect(entries(server, TLS)).toEqual({ 'tls.crt': certificate, 'tls.key': privateKey })
  expect(found(server, 'Secret', SIGNER)).toBeUndefined()
  const conditions = JSON.stringify(found(server, 'Config', 'cluster')?.['status'])
  expect(conditions).toContain(
    'is not for image-registry.openshift-image-registry.svc, so that clients in the cluster refuse it',
  )
})
