import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { AuditEvent } from '../../cluster/audit-log'
import type { ClusterClient, KubeObject } from '../../cluster/cluster-client'
import { manifestsIn } from '../../cluster/load-manifests'
import { untilObject } from '../../cluster/until-object'
import { registryShow } from '../../demo/registry-show'
import { applyConfig, configIn } from '../../demo/sample'
import { kubernetesSample } from '../../demo/sample-configs'
import { eventually } from '../../harness/eventually'
import { furnishKubernetes, startOperatorPod } from '../../harness/kubernetes-cluster'
import type { KubernetesInstallation } from '../../harness/kubernetes-installation'
import { OPERATOR_USER } from '../../harness/openshift-cluster'
import { podLog, replacePod, untilPodReady } from '../../harness/pods'
import { configPath } from '../../harness/registry-objects'
import {
  anonymousStatus,
  type Pushed,
  pulledDigest,
  pushNewImage,
  registryAccess,
} from '../../harness/registry-round-trip'
import { type RealCluster, startRealCluster } from '../../node/real-cluster'
import type { RegistryAccess } from '../../storage-servers/registry/registry-request'

const NAMESPACE = 'openshift-image-registry'
const rbac = '/apis/rbac.authorization.k8s.io/v1'

let cluster: RealCluster
let client: ClusterClient
let installation: KubernetesInstallation
let registry: RegistryAccess
let first: Pushed

type Condition = Readonly<{ type: string; status: string }>

const conditionsOf = ({ status }: KubeObject): ReadonlyArray<Condition> =>
  ((status ?? {}) as Readonly<{ conditions?: ReadonlyArray<Condition> }>).conditions ?? []

const isAvailable = (config: KubeObject): boolean =>
  conditionsOf(config).some(({ type, status }) => type === 'Available' && status === 'True')

/** The ServiceAccount of a pod. */
const accountOf = (pod: KubeObject): unknown =>
  (pod['spec'] as Readonly<{ serviceAccountName: string }>).serviceAccountName

type Binding = Readonly<{
  subjects?: ReadonlyArray<Readonly<{ kind: string; namespace?: string; name: string }>>
}>

/** The names of the bindings that give anything to the operator. */
const bindingsOf = (objects: ReadonlyArray<KubeObject>): ReadonlyArray<string> =>
  objects
    .filter(({ kind }) => kind.endsWith('RoleBinding'))
    .filter((object) =>
      ((object as unknown as Binding).subjects ?? []).some(
        ({ name, namespace }) =>
          name === 'cluster-image-registry-operator' && namespace === NAMESPACE,
      ),
    )
    .map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`)
    .sort()

/** Pods, and what pods are made from, as the API server took them. */
const podRequests = (events: ReadonlyArray<AuditEvent>): ReadonlyArray<AuditEvent> =>
  events.filter(
    ({ verb, objectRef }) =>
      objectRef?.namespace === NAMESPACE &&
      ['pods', 'deployments', 'replicasets'].includes(objectRef.resource ?? '') &&
      objectRef.subresource === undefined &&
      ['create', 'update', 'patch'].includes(verb),
  )

/** Pushes a new image, once the registry answers: its Service may lead nowhere for a moment. */
const push = async (tag: string): Promise<Pushed> =>
  eventually(`${tag} is pushed`, () => pushNewImage(registry, tag).catch(() => undefined), 20_000)

beforeAll(async () => {
  cluster = await startRealCluster()
  client = cluster.client
  installation = await furnishKubernetes(cluster)
  await applyConfig(client, configIn(kubernetesSample.configPath))
  await startOperatorPod(cluster, installation)
  await untilObject(client, configPath, isAvailable, 120_000)
  registry = await registryAccess(client, cluster.node)
})

afterAll(async () => {
  await cluster?.stop()
})

describe('the operator as a pod, and the registry that it makes', () => {
  it('takes a push and gives the same image back, over TLS and to nobody without a password', async () => {
    expect(registry.url).toMatch(/^https:/)
    first = await push('first')
    expect(first.image.layers).toHaveLength(3)
    expect(await pulledDigest(registry, first.name)).toBe(first.digest)
    const byDigest = first.name.replace(/:.*/, `@${first.digest}`)
    expect(await pulledDigest(registry, byDigest)).toBe(first.digest)
    expect(await anonymousStatus(registry)).toBe(401)
    const stranger = { ...registry, user: { name: 'admin', password: 'admin' } }
    await expect(pulledDigest(stranger, first.name)).rejects.toThrow('401 instead of 200')
  })

  it('shows that in the demo, without the password', async () => {
    const lines: string[] = []
    const print = (...words: ReadonlyArray<string>): void => void lines.push(words.join(' '))
    const nothing = (): void => undefined
    const printer = { step: print, event: print, note: print, plain: print, progress: print }
    await registryShow(cluster)(configIn(kubernetesSample.configPath), {
      ...printer,
      restart: nothing,
      elapsedMs: () => 0,
    })
    const [, log, refused, pushed, pulled, ...more] = lines
    expect(log).toMatch(/log in as admin.*: 200$/)
    expect(refused).toMatch(/without a password: 401$/)
    const [digest = 'none'] = /sha256:[0-9a-f]{64}$/.exec(pushed ?? '') ?? []
    expect(pushed).toContain('3 layers')
    expect(pulled).toContain(digest)
    expect(more).toEqual([])
    expect(lines.join('\n')).not.toContain(registry.user?.password)
  })

  it('runs with the permissions that install prints, of which it lacks none', async () => {
    expect(accountOf(await untilPodReady(client, 'operator'))).toBe(
      'cluster-image-registry-operator',
    )
    const bindings = (
      await Promise.all(
        ['rolebindings', 'clusterrolebindings'].map((each) => client.list(`${rbac}/${each}`)),
      )
    ).flat()
    expect(bindingsOf(bindings)).toEqual(bindingsOf(manifestsIn(installation.furniture)))
    const requests = (await cluster.controlPlane.auditEvents()).filter(
      ({ user }) => user === OPERATOR_USER,
    )
    expect(requests.length).toBeGreaterThan(20)
    expect(requests.filter(({ code }) => code === 401 || code === 403)).toEqual([])
  })

  it('has restricted pods only, where no others are let in', async () => {
    const requests = podRequests(await cluster.controlPlane.auditEvents())
    const policies = requests
      .filter(({ code, objectRef }) => code === 201 && objectRef?.resource === 'pods')
      .map(({ annotations }) => annotations['pod-security.kubernetes.io/enforce-policy'])
    expect(policies).toEqual(['restricted:latest', 'restricted:latest'])
    const violations = requests.filter(
      ({ annotations }) => 'pod-security.kubernetes.io/audit-violations' in annotations,
    )
    expect(violations).toEqual([])
    const { code } = await client.request(
      'POST',
      `/api/v1/namespaces/${NAMESPACE}/pods?dryRun=All`,
      {
        metadata: { name: 'other' },
        spec: { containers: [{ name: 'main', image: 'localhost/probe:1' }] },
      },
    )
    expect(code).toBe(403)
  })

  it('still has the image when both pods were replaced, and takes another', async () => {
    const [operator] = await Promise.all([
      replacePod(client, 'operator'),
      replacePod(client, 'registry'),
    ])
    expect(await podLog(client, operator.after)).not.toContain(registry.user?.password)
    const second = await push('second')
    expect(await pulledDigest(registry, second.name)).toBe(second.digest)
    expect(await pulledDigest(registry, first.name)).toBe(first.digest)
    await untilObject(client, configPath, isAvailable)
  })
})
