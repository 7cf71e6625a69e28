import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import {
  type InMemoryApiServer,
  startInMemoryApiServer,
} from '@image-registry-operator/apply/testing'
import type { KubeObject } from '@image-registry-operator/render/model'
import { afterEach, expect, it } from 'vitest'

import { kubeconfigFor } from '../../testing/kubeconfig-for'
import { recordedIo } from '../../testing/recorded-io'
import { temporaryFolder } from '../../testing/temporary-folder'
import { nodeTrustCommand } from './node-trust-command'

const PEM = '-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n'
const HOST = 'image-registry.openshift-image-registry.svc:5000'
const HOSTS = `${HOST}=https://10.0.0.7:5000\n`

const NAMESPACE = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'openshift-image-registry' },
}

const published = (hosts: string, authorities = PEM): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'image-registry-serving-ca', namespace: 'openshift-image-registry' },
  data: { 'ca.crt': authorities, hosts },
})

let server: InMemoryApiServer
let terminate: () => void = () => undefined

afterEach(async () => {
  terminate()
  await server.close()
})

const started = async (...objects: ReadonlyArray<KubeObject>) => {
  server = await startInMemoryApiServer({ objects: [NAMESPACE, ...objects] })
  const destination = join(await temporaryFolder(), 'certs.d')
  const { io, err, out } = recordedIo()
  const onSignal = (callback: (name: string) => void) => (terminate = () => callback('SIGTERM'))
  const ended = nodeTrustCommand(io, { onSignal })({
    kubeconfig: await kubeconfigFor(server),
    destination,
  })()
  const names = () => readdir(destination).catch((): ReadonlyArray<string> => ['nothing yet'])
  return { destination, ended, err, out, names }
}

it('tells the node of the registry, follows it, and leaves everything as it is in the end', async () => {
  const { destination, ended, err, out, names } = await started(published(HOSTS))
  const hostsFile = () => readFile(join(destination, HOST, 'hosts.toml'), 'utf8')
  await expect.poll(names).toContain(HOST)
  expect(await hostsFile()).toContain('server = "https://10.0.0.7:5000"')
  server.load(published(`${HOSTS.replace('7', '8')}reg.example=https://reg.example\n`))
  await expect.poll(names).toContain('reg.example')
  await expect.poll(hostsFile).toContain('https://10.0.0.8:5000')
  terminate()
  expect(await ended).toBe(0)
  expect(await names()).toHaveLength(3)
  expect(err()).toContain('"written":2')
  expect(out()).toBe('')
})

it('leaves nothing on the node when there is no registry any more', async () => {
  const { destination, names, ended } = await started(published(HOSTS))
  await expect.poll(names).toContain(HOST)
  const path = '/api/v1/namespaces/openshift-image-registry/configmaps/image-registry-serving-ca'
  await fetch(`${server.url}${path}`, { method: 'DELETE' })
  await expect.poll(names).toEqual([])
  expect(await readdir(destination)).toEqual([])
  terminate()
  expect(await ended).toBe(0)
})

it('takes back what it has told, where the registry stays, and waits', async () => {
  const { destination, ended, names } = await started(published(HOSTS))
  await expect.poll(names).toContain(HOST)
  terminate()
  await ended
  const { io, err } = recordedIo()
  const onSignal = (callback: (name: string) => void) => (terminate = () => callback('SIGTERM'))
  const removed = nodeTrustCommand(io, { onSignal })({ destination, remove: true })()
  await expect.poll(err).toContain('"removed":1')
  expect(await names()).toEqual([])
  terminate()
  expect(await removed).toBe(0)
})

it('touches nothing as long as it cannot read what is published', async () => {
  const { names, err } = await started(published(HOSTS))
  await expect.poll(names).toContain(HOST)
  server.setFault(({ verb }) =>
    verb === 'watch' || verb === 'list' ? { _tag: 'Answer', code: 403 } : undefined,
  )
  server.cutWatches()
  await expect.poll(err, { timeout: 20_000 }).toContain('watch broken')
  expect(await names()).toContain(HOST)
  server.load(published(HOSTS, 'soon'))
  server.setFault(() => undefined)
  await expect.poll(err, { timeout: 60_000 }).toContain('ca.crt holds no certificate')
  expect(await names()).toContain(HOST)
})
