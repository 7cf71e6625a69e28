import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type ClusterClient, clusterClient } from './cluster-client'
import { type ControlPlane, startControlPlane } from './control-plane'
import { loadManifests } from './load-manifests'
import { isRefused, requestCounts, requestsOf } from './requests'
import { startSimulatedNodes } from './simulated-nodes'
import type { Simulation } from './simulation'
import { untilObject } from './until-object'

const pod = (name: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: default }
spec: { containers: [{ name: main, image: any }] }
`

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('the control plane', () => {
  let controlPlane: ControlPlane
  let nodes: Simulation
  let client: ClusterClient

  beforeAll(async () => {
    controlPlane = await startControlPlane({ onProgress: (line) => console.log(line) })
    client = clusterClient(controlPlane.kubeconfigPath, 'control-plane-test')
    nodes = await startSimulatedNodes(controlPlane, { count: 1 })
  })

  afterAll(async () => {
    await nodes?.stop()
    client?.close()
    await controlPlane?.stop()
  })

  it('records each request of a user once, open watches included', async () => {
    const from = new Date()
    const kubeconfigPath = await controlPlane.kubeconfigFor('counted')
    const counted = clusterClient(kubeconfigPath, 'counted/1.0')
    const configMaps = '/api/v1/namespaces/default/configmaps'
    await counted.request('GET', configMaps)
    await counted.request('POST', configMaps, { metadata: { name: 'a' } })
    await client.send('POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
      metadata: { name: 'counted' },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'cluster-admin',
      },
      subjects: [{ kind: 'User', name: 'counted' }],
    })
    await untilObject(counted, configMaps, () => true)
    const ending = new AbortController()
    const seen = new Promise<void>((resolve) => {
      counted.watch(configMaps, () => resolve(), ending.signal).catch(() => undefined)
    })
    await seen
    const events = requestsOf(await controlPlane.auditEvents(), { user: 'counted', from })
    const reads = events.filter(({ verb }) => verb === 'list').length
    expect(requestCounts(events)).toMatchObject({ writes: 1, watches: 1, otherReads: reads })
    expect(events.filter(isRefused).length).toBeGreaterThanOrEqual(2)
    ending.abort()
    await sleep(300)
    const after = await controlPlane.auditEvents()
    expect(requestsOf(after, { userAgentPrefix: 'counted/', from })).toEqual(events)
    counted.close()
  })

  it('works on after a restart of the API server and a crash of etcd', async () => {
    await controlPlane.apiServer.restart()
    await controlPlane.etcd.kill()
    await controlPlane.etcd.start()
    await loadManifests(controlPlane, pod('later'))
    const path = '/api/v1/namespaces/default/pods/later'
    await untilObject(client, path, ({ status }) =>
      JSON.stringify(status).includes('"phase":"Running"'),
    )
  })

  it('leaves nothing behind, even if a part is frozen when it is stopped', async () => {
    const pids = Object.values(controlPlane.pids())
    expect(pids).toHaveLength(4)
    controlPlane.apiServer.pause()
    await controlPlane.stop()
    expect(pids.filter(isAlive)).toEqual([])
    expect(existsSync(controlPlane.folder)).toBe(false)
  })
})

describe('a control plane that cannot start', () => {
  it('says why and leaves nothing behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cannot-start-'))
    const start = startControlPlane({
      folder,
      keepFolder: false,
      apiServerFlags: ['--no-such-flag'],
    })
    await expect(start).rejects.toThrow(/kube-apiserver ended at its start.*unknown flag/s)
    expect(existsSync(folder)).toBe(false)
  })
})
