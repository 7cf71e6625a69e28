import { startInMemoryApiServer } from '@image-registry-operator/apply/testing'
import { crds } from '@image-registry-operator/render'
import type { JsonObject, KubeObject } from '@image-registry-operator/render/model'
import { expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'

import { runCli } from './cli/run-cli'
import { kubeconfigFor } from './testing/kubeconfig-for'
import { recordedIo } from './testing/recorded-io'
import { eventually, startedOperator } from './testing/started-operator'

const namespace = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
})

const node = (name: string, spec: JsonObject): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  spec,
})

const STORAGE_CLASS: KubeObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: 'standard',
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner: 'rancher.io/local-path',
}

const KIND = [
  ...crds(),
  ...['kube-system', 'openshift-image-registry'].map(namespace),
  node('kind-control-plane', { providerID: 'kind://docker/kind/kind-control-plane' }),
]

const started = async (objects: ReadonlyArray<KubeObject>) => {
  const server = await startInMemoryApiServer({ objects })
  onTestFinished(server.close)
  const live = (kind: string) => server.objects().find((object) => object.kind === kind)
  return { server, live }
}

it('a cluster with a default StorageClass gets a registry of one pod on a claim', async () => {
  const { server, live } = await started([...KIND, STORAGE_CLASS])
  startedOperator(server)
  const claim = await eventually(
    () => live('PersistentVolumeClaim'),
    (found) => found !== undefined,
  )
  expect(claim).toMatchObject({
    metadata: { name: 'image-registry-storage' },
    spec: { accessModes: ['ReadWriteOnce'] },
  })
  await eventually(
    () => live('Config')?.['spec'],
    (spec) => JSON.stringify(spec).includes('Recreate'),
  )
  expect(live('Config')).toMatchObject({ spec: { replicas: 1, rolloutStrategy: 'Recreate' } })
})

it('a cluster without one is left alone, and the log says what to do, until there is one', async () => {
  const { server, live } = await started(KIND)
  const operator = startedOperator(server)
  const [line] = await eventually(
    () => operator.log().filter(({ event }) => event === 'FirstConfigWithheld'),
    (lines) => lines.length > 0,
  )
  expect(line).toMatchObject({
    level: 'warn',
    problem: expect.stringContaining('mark a StorageClass as default') as string,
  })
  expect(live('Config')).toBeUndefined()
  expect(server.load(STORAGE_CLASS)).toBeUndefined()
  await eventually(
    () => live('Config'),
    (config) => config !== undefined,
  )
})

it('the command line reads the machine of a node as well', async () => {
  const aws = node('node-a', { providerID: 'aws:///eu-west-1a/i-0' })
  const { server } = await started([...KIND.filter(({ kind }) => kind !== 'Node'), aws])
  const { io, out } = recordedIo()
  await runCli(io, ['observe', '--kubeconfig', await kubeconfigFor(server)])()
  const { items } = parse(out()) as { readonly items: ReadonlyArray<KubeObject> }
  expect(items.find(({ kind }) => kind === 'Machine')).toEqual({
    apiVersion: 'image-registry-operator/v1',
    kind: 'Machine',
    metadata: { name: 'cluster' },
    spec: { providerID: 'aws:///eu-west-1a/i-0' },
  })
  expect(items.find(({ kind }) => kind === 'Node')).not.toHaveProperty('spec')
})

it('the command line shows the first Config before it is made, or why there is none', async () => {
  const shown = async (objects: ReadonlyArray<KubeObject>) => {
    const { server } = await started(objects)
    const { io, out, err } = recordedIo()
    await runCli(io, ['plan', '--no-storage', '--kubeconfig', await kubeconfigFor(server)])()
    return `${out()}${err()}`
  }
  expect(await shown([...KIND, STORAGE_CLASS])).toContain('Config cluster')
  expect(await shown(KIND)).toContain('mark a StorageClass as default')
  expect(await shown(KIND.filter(({ kind }) => kind !== 'Node'))).toContain('there is no Config')
})

it('a node that cannot be read is said to be what keeps the first Config', async () => {
  const { server, live } = await started([...KIND, STORAGE_CLASS])
  const body = { kind: 'Status', reason: 'Forbidden', message: 'nodes is forbidden', code: 403 }
  server.setFault(({ path }) =>
    path.includes('metadata.name%3Dkind-control-plane')
      ? { _tag: 'Answer', code: 403, body }
      : undefined,
  )
  const operator = startedOperator(server)
  const [line] = await eventually(
    () => operator.log().filter(({ event }) => event === 'FirstConfigWithheld'),
    (lines) => lines.length > 0,
  )
  expect(line).toMatchObject({
    problem: expect.stringContaining(
      'node kind-control-plane cannot be read (403: nodes is forbidden)',
    ) as string,
  })
  expect(live('Config')).toBeUndefined()
})
