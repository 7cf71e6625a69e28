import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import { loadManifests } from '../cluster/load-manifests'
import { untilObject } from '../cluster/until-object'
import { eventually } from '../harness/eventually'
import { isSameImage, newImage } from '../storage-servers/registry/image'
import { pullImage } from '../storage-servers/registry/pull-image'
import { pushImage } from '../storage-servers/registry/push-image'
import { probeArchive, registryArchive } from './node-images'
import { nodePrograms } from './node-programs'
import { type RealCluster, startRealCluster } from './real-cluster'

const manifests = `
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: default }
data: { colour: blue }
---
apiVersion: v1
kind: Secret
metadata: { name: hidden, namespace: default }
stringData: { word: sesame }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: default }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: v1
kind: Service
metadata: { name: probe, namespace: default }
spec: { selector: { app: probe }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: asker, namespace: default }
spec: { containers: [{ name: main, image: 'localhost/probe:1' }] }
---
apiVersion: v1
kind: Pod
metadata: { name: registry, namespace: default, labels: { app: registry } }
spec:
  containers:
    - name: main
      image: registry:3
      readinessProbe: { httpGet: { path: /v2/, port: 5000 }, periodSeconds: 1 }
---
apiVersion: v1
kind: Service
metadata: { name: registry, namespace: default }
spec: { clusterIP: 10.0.0.50, selector: { app: registry }, ports: [{ port: 80, targetPort: 5000 }] }
---
apiVersion: v1
kind: Service
metadata: { name: nobody, namespace: default }
spec: { clusterIP: 10.0.0.51, selector: { app: nobody }, ports: [{ port: 80 }] }
`

const probeNamed = (name: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: default, labels: { app: probe } }
spec:
  terminationGracePeriodSeconds: 1
  containers:
    - name: main
      image: localhost/probe:1
      readinessProbe: { httpGet: { path: /healthz, port: 8080 }, periodSeconds: 1 }
      livenessProbe: { httpGet: { path: /healthz, port: 8080 }, periodSeconds: 1, failureThreshold: 2 }
      resources: { requests: { cpu: 10m, memory: 16Mi }, limits: { memory: 128Mi } }
      volumeMounts:
        - { name: settings, mountPath: /settings }
        - { name: hidden, mountPath: /hidden }
        - { name: token, mountPath: /token }
        - { name: data, mountPath: /data }
  volumes:
    - { name: settings, configMap: { name: settings } }
    - { name: hidden, secret: { secretName: hidden } }
    - { name: data, persistentVolumeClaim: { claimName: data } }
    - name: token
      projected: { sources: [{ serviceAccountToken: { path: token, audience: probe } }] }
`

const pods = '/api/v1/namespaces/default/pods'

type ContainerStatus = Readonly<{ ready: boolean; restartCount: number; containerID?: string }>

const containerOf = ({ status }: KubeObject): ContainerStatus | undefined =>
  (status as Readonly<{ containerStatuses?: ReadonlyArray<ContainerStatus> }>)
    .containerStatuses?.[0]

const isReady = (pod: KubeObject): boolean => containerOf(pod)?.ready === true

const untilReady = (client: ClusterClient, name: string): Promise<KubeObject> =>
  untilObject(client, `${pods}/${name}`, isReady, 60_000)

/** Asks a server in a pod, by way of the API server. */
const ask = async (client: ClusterClient, pod: string, path: string): Promise<unknown> => {
  const { code, body } = await client.request('GET', `${pods}/${pod}:8080/proxy${path}`)
  return code === 200 ? body : `${code} ${JSON.stringify(body)}`
}

/** What a pod gets to hear from a URL. */
const fetchedBy = (client: ClusterClient, pod: string, url: string): Promise<unknown> =>
  ask(client, pod, `/fetch?url=${encodeURIComponent(url)}`)

/** A pod is ready before kube-proxy has heard of it. */
const untilFetched = (client: ClusterClient, url: string, content: string): Promise<unknown> =>
  eventually(`${url} answers ${content}`, async () =>
    (await fetchedBy(client, 'asker', url)) === content ? content : undefined,
  )

const claims = (token: string): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Readonly<
    Record<string, unknown>
  >

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const interfaces = (): ReadonlyArray<string> => readdirSync('/sys/class/net')

/** Directories of control groups whose names say that they are those of this node. */
const groupsOf = (supervisorPid: string): ReadonlyArray<string> =>
  execFileSync('find', ['/sys/fs/cgroup', '-name', `*-node-${supervisorPid}`])
    .toString()
    .split('\n')
    .filter((line) => line !== '')

/** All processes in these control groups and those below them. */
const processesIn = (groups: ReadonlyArray<string>): ReadonlyArray<number> => [
  ...new Set(
    groups.flatMap((group) =>
      readdirSync(group, { recursive: true })
        .map(String)
        .filter((file) => file.endsWith('cgroup.procs'))
        .flatMap((file) => readFileSync(join(group, file), 'utf8').split('\n'))
        .filter((line) => line !== '')
        .map(Number),
    ),
  ),
]

/** The process that is the parent of a node's init. */
const parentOf = (pid: number): string =>
  readFileSync(`/proc/${pid}/status`, 'utf8').match(/^PPid:\s+(\d+)/m)?.[1] ?? ''

const mountsIn = (folder: string): ReadonlyArray<string> =>
  readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .filter((line) => line.includes(folder))

describe('a real node', () => {
  let cluster: RealCluster
  let client: ClusterClient
  const interfacesBefore = interfaces()

  beforeAll(async () => {
    cluster = await startRealCluster({ onProgress: (line) => console.log(line) })
    client = cluster.client
    await cluster.node.load(await probeArchive(await nodePrograms()))
    await cluster.node.load(await registryArchive())
    await loadManifests(cluster.controlPlane, manifests)
    await loadManifests(cluster.controlPlane, probeNamed('probe'))
    await Promise.all(['probe', 'asker', 'registry'].map((name) => untilReady(client, name)))
  })

  afterAll(async () => {
    await cluster?.stop()
  })

  it('gives a pod its settings, its secrets and a token of its own', async () => {
    expect(await ask(client, 'probe', '/file?path=/settings/colour')).toBe('blue')
    expect(await ask(client, 'probe', '/file?path=/hidden/word')).toBe('sesame')
    const token = await ask(client, 'probe', '/file?path=/token/token')
    expect(claims(String(token))).toMatchObject({
      aud: ['probe'],
      sub: 'system:serviceaccount:default:default',
    })
  })

  it('answers under the address and the name of a Service, from another pod', async () => {
    const service = await client.send('GET', '/api/v1/namespaces/default/services/probe')
    const { clusterIP } = service['spec'] as Readonly<{ clusterIP: string }>
    const path = '/file?path=/settings/colour'
    await untilFetched(client, `http://${clusterIP}${path}`, 'blue')
    expect(await fetchedBy(client, 'asker', `http://probe${path}`)).toBe('blue')
    const fullName = 'probe.default.svc.cluster.local'
    expect(await fetchedBy(client, 'asker', `http://${fullName}${path}`)).toBe('blue')
  })

  it('answers to itself under the address of its own Service', async () => {
    const url = 'http://probe.default/file?path=/settings/colour'
    expect(await fetchedBy(client, 'probe', url)).toBe('blue')
  })

  it('lets pods reach the API server where they look for it', async () => {
    const version = await fetchedBy(client, 'asker', 'https://kubernetes.default.svc/version')
    expect(version).toMatchObject({ major: '1' })
  })

  it('says that a name is unknown, an address cannot be reached, or nobody is behind a Service, at once', async () => {
    const began = Date.now()
    expect(await fetchedBy(client, 'asker', 'http://nobody.test/')).toMatch(/no such host/)
    expect(await fetchedBy(client, 'asker', 'http://192.0.2.1/')).toMatch(/unreachable/)
    const port = await cluster.node.reach('10.0.0.51', 80)
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow()
    expect(Date.now() - began).toBeLessThan(5_000)
  })

  it('lets pods reach servers of this process, and this process Services', async () => {
    const server: Server = createServer((_, response) => response.end('from the machine'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const address = await cluster.node.expose(port)
    expect(await fetchedBy(client, 'asker', `http://${address}/`)).toBe('from the machine')
    expect(await fetchedBy(client, 'asker', `http://machine.test:${port}/`)).toBe(
      'from the machine',
    )
    server.close()
    const reached = await cluster.node.reach('10.0.0.50', 80)
    // The node hears of a pod that is ready a moment after the API server; until then nobody is behind the Service.
    const status = await eventually('the Service is answered for', () =>
      fetch(`http://127.0.0.1:${reached}/v2/`).then(
        (answer) => answer.status,
        () => undefined,
      ),
    )
    expect(status).toBe(200)
  })

  it('keeps what was pushed to a registry in a pod', async () => {
    const port = await cluster.node.reach('10.0.0.50', 80)
    const registry = { url: `http://127.0.0.1:${port}`, authorities: undefined }
    const pushed = newImage()
    await pushImage(registry, 'team/app:v1', pushed)
    expect(isSameImage(await pullImage(registry, 'team/app:v1'), pushed)).toBe(true)
    const log = await client.request('GET', `${pods}/registry/log`)
    expect(String(log.body)).toContain('team/app')
  })

  it('restarts a container that says it is broken', async () => {
    const before = containerOf(await untilReady(client, 'probe'))
    await client.request('POST', `${pods}/probe:8080/proxy/break`)
    const pod = await untilObject(
      client,
      `${pods}/probe`,
      (each) =>
        containerOf(each)?.restartCount === (before?.restartCount ?? 0) + 1 && isReady(each),
      60_000,
    )
    expect(containerOf(pod)?.containerID).not.toBe(before?.containerID)
  })

  it('keeps what is in a claimed volume when the pod is replaced', async () => {
    const file = `${pods}/probe:8080/proxy/file?path=/data/kept`
    expect((await client.request('PUT', file, 'kept')).code).toBe(200)
    await client.send('DELETE', `${pods}/probe`)
    await eventually('the pod is gone', async () => {
      const { code } = await client.request('GET', `${pods}/probe`)
      return code === 404 ? true : undefined
    })
    await loadManifests(cluster.controlPlane, probeNamed('probe'))
    await untilReady(client, 'probe')
    expect(await ask(client, 'probe', '/file?path=/data/kept')).toBe('kept')
  })

  it('leaves pods running when the kubelet is killed and started again', async () => {
    const before = containerOf(await untilReady(client, 'probe'))
    await untilFetched(client, 'http://probe/file?path=/data/kept', 'kept')
    await cluster.node.kubelet.kill()
    expect(await fetchedBy(client, 'asker', 'http://probe/file?path=/data/kept')).toBe('kept')
    await cluster.node.kubelet.start()
    expect(containerOf(await untilReady(client, 'probe'))).toEqual(before)
  })

  it('works on after a restart of the API server', async () => {
    await cluster.controlPlane.apiServer.restart()
    // Another name: while its watch is interrupted, the scheduler would take a new pod for the old one, and leave it.
    await loadManifests(cluster.controlPlane, probeNamed('later'))
    await untilReady(client, 'later')
    expect(await ask(client, 'later', '/file?path=/data/kept')).toBe('kept')
    // The kubelet that was started again took a pod as young as this one for unready until it had asked it itself. If that
    // was the last that controllers heard before the API server went, the Service leads nowhere until they hear more.
    await untilFetched(client, 'http://probe/file?path=/data/kept', 'kept')
  })

  it('leaves no process, mount, interface, control group or file', async () => {
    const { folder } = cluster.node
    const pids = Object.values(cluster.node.pids())
    const supervisor = parentOf(cluster.node.pids()['init'] ?? 0)
    const processes = processesIn(groupsOf(supervisor))
    expect(pids).toHaveLength(5)
    // Its own, and those of four pods: a shim, a pause and a container each.
    expect(processes.length).toBeGreaterThanOrEqual(5 + 4 * 3)
    await cluster.node.stop()
    expect([Number(supervisor), ...pids, ...processes].filter(isAlive)).toEqual([])
    expect(groupsOf(supervisor)).toEqual([])
    expect(mountsIn(folder)).toEqual([])
    expect(interfaces()).toEqual(interfacesBefore)
    expect(existsSync(folder)).toBe(false)
  })
})
