import { writeFile } from 'node:fs/promises'

import {
  startInMemoryApiServer,
  type InMemoryApiServer,
} from '@image-registry-operator/apply/testing'
import { isJsonObject, type KubeObject } from '@image-registry-operator/render/model'
import { expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'

import { runCli } from './cli/run-cli'
import { kubeconfigFor } from './testing/kubeconfig-for'
import { configWith, openshiftObjects } from './testing/openshift-objects'
import { recordedIo } from './testing/recorded-io'
import { eventually, startedOperator } from './testing/started-operator'

const examples = `${import.meta.dirname}/../../../examples`

const ran = async (...args: ReadonlyArray<string>) => {
  const { io, out, err } = recordedIo()
  return { code: await runCli(io, args)(), out: out(), err: err() }
}

const SCALED: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'image-registry', namespace: 'openshift-image-registry' },
  spec: { replicas: 3 },
}

const TIMES: ReadonlyArray<string> = [
  'time',
  'creationTimestamp',
  'lastTransitionTime',
  'lastUpdateTime',
]

/** Who holds what, in the order of names: a server puts it in that of the seconds in which it was written. */
const byManager = (entries: ReadonlyArray<unknown>): ReadonlyArray<unknown> => {
  const keyOf = (entry: unknown): string => {
    const { manager = '', operation = '', subresource = '' } = isJsonObject(entry) ? entry : {}
    return JSON.stringify([operation, manager, subresource])
  }
  return [...entries].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
}

/** The same with every run: identities by number, one time, one address. */
const stable = (snapshot: unknown): unknown => {
  const seen = new Map<unknown, number>()
  const numberOf = (value: unknown): number => {
    const known = seen.get(value) ?? seen.size + 1
    seen.set(value, known)
    return known
  }
  return JSON.parse(
    JSON.stringify(snapshot, (field, value: unknown) => {
      if (TIMES.includes(field)) return '2026-01-01T00:00:00Z'
      if (field === 'uid')
        return `00000000-0000-4000-8000-${String(numberOf(value)).padStart(12, '0')}`
      if (field === 'resourceVersion') return String(numberOf(value))
      if (field === 'managedFields' && Array.isArray(value)) return byManager(value)
      if (field === 'clusterIP') return '10.0.0.1'
      return field === 'clusterIPs' ? ['10.0.0.1'] : value
    }),
  )
}

/** For how long nothing has changed, in ms. */
const quietMs = (server: InMemoryApiServer): (() => number) => {
  let seen = ''
  let since = Date.now()
  return () => {
    const now = JSON.stringify(server.objects())
    if (now !== seen) since = Date.now()
    seen = now
    return Date.now() - since
  }
}

/** Observes a cluster with a registry, in which somebody has scaled the Deployment. */
const edited = async (): Promise<string> => {
  const server: InMemoryApiServer = await startInMemoryApiServer({
    objects: [
      ...(await openshiftObjects()),
      configWith({ managementState: 'Managed', replicas: 1, storage: { emptyDir: {} } }),
    ],
  })
  onTestFinished(server.close)
  const operator = startedOperator(server)
  // Authorities are put together in the second pass, once there is a place for those of the cluster.
  await eventually(
    () => server.objects().find(({ metadata }) => metadata.name === 'image-registry-ca'),
    (authorities) => authorities !== undefined,
  )
  await eventually(quietMs(server), (ms) => ms > 700)
  await operator.stop()
  server.load(SCALED, 'kubectl')
  const { out } = await ran('observe', '-o', 'json', '--kubeconfig', await kubeconfigFor(server))
  const { toYaml } = await import('./cli/print-manifests')
  return toYaml(stable(JSON.parse(out)))
}

it('the example snapshot shows one hand edit, and nothing else', async () => {
  if (process.env['GOLDEN'] === 'rewrite')
    await writeFile(`${examples}/snapshot.yaml`, await edited())
  const { code, out, err } = await ran('plan', '-f', `${examples}/snapshot.yaml`, '-o', 'json')
  expect([code, err]).toEqual([2, ''])
  expect(parse(out)).toMatchObject({
    actions: [{ action: 'ApplyObject', change: 'update', ref: { kind: 'Deployment' } }],
    withheld: [],
  })
})

it('the example Config can be planned for in the example cluster, which says that it moves the images', async () => {
  const { code, err } = await ran(
    'plan',
    '-f',
    `${examples}/snapshot.yaml`,
    '--config',
    `${examples}/config.yaml`,
  )
  expect(code).toBe(2)
  expect(err.trimEnd().split('\n')).toEqual([
    expect.stringContaining('the images in emptyDir are not copied, and are lost'),
    expect.stringContaining('the registry begins empty: pvc/image-registry-storage'),
  ])
})
