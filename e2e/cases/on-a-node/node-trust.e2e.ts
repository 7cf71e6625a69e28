import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ClusterClient, KubeObject } from '../../cluster/cluster-client'
import { loadManifests } from '../../cluster/load-manifests'
import { untilObject } from '../../cluster/until-object'
import { applyConfig, untilComplete, untilCondition } from '../../harness/config-status'
import { eventually } from '../../harness/eventually'
import { furnishKubernetes, startOperatorPod } from '../../harness/kubernetes-cluster'
import { kubernetesInstallation } from '../../harness/kubernetes-installation'
import { podAddress } from '../../harness/pods'
import { registryAccess, SERVER_NAME } from '../../harness/registry-round-trip'
import { archivedImage } from '../../images/unpacked-image'
import { inNode, onMachine } from '../../node/node-configuration'
import { probeArchive } from '../../node/node-images'
import { nodePrograms } from '../../node/node-programs'
import { type RealCluster, startRealCluster } from '../../node/real-cluster'
import { pushImage } from '../../storage-servers/registry/push-image'
import type { RegistryAccess } from '../../storage-servers/registry/registry-request'

const pods = '/api/v1/namespaces/default/pods'
const daemonPods = '/api/v1/namespaces/openshift-image-registry-nodes/pods'

/** As nodes are asked for it: a name that only pods can resolve. */
const HOST = `${SERVER_NAME}:5000`

/** A pod starts in seconds, on a machine that has nothing else to do. */
const PATIENCE_MS = 180_000

let cluster: RealCluster
let client: ClusterClient
let registry: RegistryAccess
let registries: string
let digest: string

type ContainerStatus = Readonly<{
  imageID?: string
  state?: Readonly<{ running?: unknown; waiting?: Readonly<{ message?: string }> }>
}>

const statusOf = ({ status }: KubeObject): ContainerStatus | undefined =>
  ((status ?? {}) as Readonly<{ containerStatuses?: ReadonlyArray<ContainerStatus> }>)
    .containerStatuses?.[0]

/** Makes a pod whose image only the registry has. */
const startPod = (name: string, tag: string, secrets: ReadonlyArray<string>): Promise<KubeObject> =>
  client.send('POST', pods, {
    metadata: { name },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'main', image: `${HOST}/demo/hello:${tag}` }],
      imagePullSecrets: secrets.map((secret) => ({ name: secret })),
    },
  })

/** Why the image of a pod cannot be pulled, once the node has tried. */
const refusalOf = async (name: string): Promise<string> =>
  eventually(`the image of Pod ${name} is not pulled`, async () => {
    const pod = await client.send('GET', `${pods}/${name}`)
    const message = statusOf(pod)?.state?.waiting?.message ?? ''
    return message.includes('failed to') ? message : undefined
  })

const pullSecret = ({ user }: RegistryAccess): unknown => {
  const auths = { [HOST]: { username: user?.name, password: user?.password } }
  return {
    metadata: { name: 'registry' },
    type: 'kubernetes.io/dockerconfigjson',
    stringData: { '.dockerconfigjson': JSON.stringify({ auths }) },
  }
}

const toldRegistries = async (): Promise<ReadonlyArray<string>> =>
  (await readdir(registries)).filter((name) => !name.startsWith('.')).sort()

/** The pod of node-trust, once it runs. */
const daemonPod = (...former: ReadonlyArray<KubeObject>): Promise<KubeObject> =>
  eventually('node-trust runs', async () => {
    const found = await client.list(daemonPods)
    return found.find(
      (pod) =>
        statusOf(pod)?.state?.running !== undefined &&
        !former.some(({ metadata }) => metadata.uid === pod.metadata.uid),
    )
  })

beforeAll(async () => {
  cluster = await startRealCluster()
  client = cluster.client
  registries = onMachine(cluster.node.folder, inNode.registries)
  const installation = await furnishKubernetes(cluster)
  await applyConfig(client, { managementState: 'Managed', replicas: 1, storage: { emptyDir: {} } })
  await startOperatorPod(cluster, installation)
  await untilCondition(client, 'Ready', 'True', PATIENCE_MS)
  await untilComplete(client)
  registry = await registryAccess(client, cluster.node)
  const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64'
  const image = await archivedImage(await probeArchive(await nodePrograms()), architecture)
  digest = await eventually(
    'the image is pushed',
    // Its Service may lead nowhere for a moment.
    () => pushImage(registry, 'demo/hello:first', image).catch(() => undefined),
  )
  await pushImage(registry, 'demo/hello:second', image)
  await client.send('POST', '/api/v1/namespaces/default/secrets', pullSecret(registry))
})

afterAll(async () => {
  await cluster?.stop()
})

describe('a node that is told of the registry', () => {
  it('could not find it before: it does not resolve names of the cluster', async () => {
    await startPod('early', 'first', ['registry'])
    expect(await refusalOf('early')).toMatch(/lookup image-registry\.openshift-image-registry\.svc/)
  })

  it('pulls an image from it, with a password, and runs it', async () => {
    await mkdir(join(registries, 'mirror.example'), { recursive: true })
    await writeFile(join(registries, 'mirror.example/hosts.toml'), 'server = "https://a.example"\n')
    const { furniture } = await kubernetesInstallation(
      ...['--node-trust', '--certs-d', inNode.registries],
    )
    await loadManifests(cluster.controlPlane, furniture, 'install')
    await eventually(
      'the node is told',
      async () => ((await toldRegistries()).includes(HOST) ? true : undefined),
      PATIENCE_MS,
    )
    const service = await client.send(
      ...(['GET', '/api/v1/namespaces/openshift-image-registry/services/image-registry'] as const),
    )
    const { clusterIP } = service['spec'] as Readonly<{ clusterIP: string }>
    expect(await readFile(join(registries, HOST, 'hosts.toml'), 'utf8')).toContain(
      `server = "https://${clusterIP}:5000"`,
    )
    await startPod('guest', 'first', ['registry'])
    const pod = await untilObject(
      client,
      `${pods}/guest`,
      (seen) => statusOf(seen)?.state?.running !== undefined,
      PATIENCE_MS,
    )
    expect(statusOf(pod)?.imageID).toContain(digest)
    const port = await cluster.node.reach(podAddress(pod) ?? '', 8080)
    const answer = await eventually('the image runs', () =>
      fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined),
    )
    expect(answer.status).toBe(200)
  })

  it('is not let in without a password', async () => {
    await startPod('stranger', 'second', [])
    expect(await refusalOf('stranger')).toMatch(/401|authorization failed|no basic auth/i)
  })

  it('knows it still when whoever told it is replaced', async () => {
    const path = join(registries, HOST, 'hosts.toml')
    const { ino } = await stat(path)
    const before = await daemonPod()
    await client.send('DELETE', `${daemonPods}/${before.metadata.name}`)
    await eventually('the pod is gone', async () => {
      const { code } = await client.request('GET', `${daemonPods}/${before.metadata.name}`)
      return code === 404 ? true : undefined
    })
    expect((await stat(path)).ino).toBe(ino)
    await daemonPod(before)
  })

  it('knows nothing of it any more when it has gone, and all else as before', async () => {
    await applyConfig(client, {
      managementState: 'Removed',
      replicas: 1,
      storage: { emptyDir: {} },
    })
    const left = await eventually('the node has forgotten', async () => {
      const names = await readdir(registries)
      return names.length === 1 ? names : undefined
    })
    expect(left).toEqual(['mirror.example'])
    expect(await readFile(join(registries, 'mirror.example/hosts.toml'), 'utf8')).toContain(
      'a.example',
    )
  })
})
