import { X509Certificate } from 'node:crypto'
import { connect } from 'node:tls'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ClusterClient, KubeObject } from '../../cluster/cluster-client'
import { type ConditionTurns, conditionTurns } from '../../harness/condition-turns'
import { applyConfig, conditionOf, getConfig } from '../../harness/config-status'
import { eventually } from '../../harness/eventually'
import { furnishRegistry } from '../../harness/kubernetes-cluster'
import type { KubernetesInstallation } from '../../harness/kubernetes-installation'
import { daysAgo } from '../../harness/moved-clock'
import { OPERATOR_GROUPS, OPERATOR_USER } from '../../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../../harness/operator-process'
import { deploymentPath } from '../../harness/registry-objects'
import { podAddress, podsPath } from '../../harness/pods'
import { type Pushed, registryAccess, SERVER_NAME } from '../../harness/registry-round-trip'
import { startSteadyPulls, type SteadyPulls } from '../../harness/steady-pulls'
import { type RealCluster, startRealCluster } from '../../node/real-cluster'
import { newImage } from '../../storage-servers/registry/image'
import { pushImage } from '../../storage-servers/registry/push-image'
import type { RegistryAccess } from '../../storage-servers/registry/registry-request'

const DAY_MS = 86_400_000
/** For a machine that is ten times as slow. */
const PATIENCE_MS = 240_000
const secrets = '/api/v1/namespaces/openshift-image-registry/secrets'

/**
 * By the operator's clock, so many days ago. Certificates last 90 days and are renewed after 60, the authority lasts 3650 and is
 * renewed after 2433. In between, the clock moves forward.
 */
const AUTHORITY_MADE = 2440
const CERTIFICATE_MADE = 85
const CERTIFICATE_DUE = 20
const AUTHORITY_DUE = 1

/** Two pods on one node, which the operator would keep apart, on a claim for several: one serves while the other is replaced. */
const TWO_PODS = {
  managementState: 'Managed',
  replicas: 2,
  storage: { pvc: {} },
  affinity: {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 1,
          podAffinityTerm: {
            topologyKey: 'kubernetes.io/hostname',
            labelSelector: { matchLabels: { 'docker-registry': 'default' } },
          },
        },
      ],
    },
  },
}

let cluster: RealCluster
let client: ClusterClient
let installation: KubernetesInstallation
let operator: OperatorProcess | undefined
let turns: ConditionTurns | undefined
let image: Pushed
let pulls: ReadonlyArray<SteadyPulls> = []
let before: RegistryAccess

/** The operator's clock is moved there; a process whose clock jumps gives its lease up, and is started anew. */
const moveClock = async (days: number): Promise<void> => {
  await operator?.stop()
  operator = await startOperator({
    kubeconfigPath: await cluster.controlPlane.kubeconfigFor(OPERATOR_USER, OPERATOR_GROUPS),
    env: { ...installation.variables, ...daysAgo(days) },
  })
}

/** The first certificate in an entry of a Secret; undefined while it is not there. */
const certificateIn = async (secret: string): Promise<X509Certificate | undefined> => {
  const { code, body } = await client.request('GET', `${secrets}/${secret}`)
  if (code !== 200) return undefined
  // Whatever the API server returns from there is an object.
  const { data } = body as Readonly<{ data?: Readonly<Record<string, string>> }>
  return new X509Certificate(Buffer.from(data?.['tls.crt'] ?? '', 'base64'))
}

/** Those of the authority and of the registry. */
const certificatesNow = async (): Promise<readonly [X509Certificate, X509Certificate]> => {
  const [authority, serving] = await Promise.all(
    ['image-registry-signer', 'image-registry-tls'].map(certificateIn),
  )
  if (authority === undefined || serving === undefined) throw new Error('There is no certificate')
  return [authority, serving]
}

const untilIssued = (secret: string, after?: X509Certificate): Promise<X509Certificate> =>
  eventually(
    `there is another certificate in ${secret}`,
    async () => {
      const found = await certificateIn(secret)
      return found?.fingerprint256 === after?.fingerprint256 ? undefined : found
    },
    PATIENCE_MS,
  )

const ports = new Map<string, Promise<number>>()

/** A port of this machine that leads to a pod. */
const portOf = (address: string): Promise<number> => {
  const port = ports.get(address) ?? cluster.node.reach(address, 5000)
  ports.set(address, port)
  return port
}

/** The certificate that a pod shows; undefined while it shows none. */
const shownBy = async (pod: KubeObject): Promise<string | undefined> => {
  const port = await portOf(podAddress(pod) ?? '')
  return new Promise((resolve) => {
    // Whom to trust is what the pulls are about.
    const socket = connect({
      host: '127.0.0.1',
      port,
      servername: SERVER_NAME,
      rejectUnauthorized: false,
    })
    socket.on('error', () => resolve(undefined))
    socket.on('secureConnect', () => {
      resolve(socket.getPeerX509Certificate()?.fingerprint256)
      socket.destroy()
    })
  })
}

/** Rises with each change of the Deployment, and so with each time that its pods are replaced. */
const generationOfDeployment = async (): Promise<number> =>
  Number((await client.send('GET', deploymentPath)).metadata['generation'])

/** Whether the operator says so, of the Config as it stands. */
const isAtRest = async (): Promise<boolean> =>
  conditionOf(await getConfig(client), 'Ready')?.status === 'True'

const isStaying = ({ metadata }: KubeObject): boolean => metadata.deletionTimestamp === undefined

/** Waits until both pods are there and show this certificate, and none of before is still to go. */
const untilShown = ({ fingerprint256 }: X509Certificate): Promise<ReadonlyArray<string>> =>
  eventually(
    'both pods have the certificate',
    async () => {
      const pods = (await client.list(podsPath('registry'))).filter(isStaying)
      const shown = await Promise.all(pods.map(shownBy))
      const isDone = pods.length === 2 && shown.every((each) => each === fingerprint256)
      return isDone && (await isAtRest())
        ? pods.map(({ metadata }) => metadata.uid ?? '')
        : undefined
    },
    PATIENCE_MS,
  )

/** Waits until every client has pulled several times more. */
const untilPulled = async (): Promise<void> => {
  const wanted = pulls.map(({ count, failures }) => count() + failures().length + 4)
  await eventually(
    'images are pulled',
    async () =>
      pulls.every(({ count, failures }, at) => count() + failures().length >= (wanted[at] ?? 0))
        ? true
        : undefined,
    PATIENCE_MS,
  )
}

const noPullHasFailed = (): void => {
  expect(pulls.flatMap(({ failures }) => failures())).toEqual([])
}

const endOf = ({ validTo }: X509Certificate): number => Date.parse(validTo)

const publicKeyOf = ({ publicKey }: X509Certificate): string =>
  publicKey.export({ type: 'spki', format: 'pem' }).toString()

const published = (): Promise<RegistryAccess> => registryAccess(client, cluster.node)

beforeAll(async () => {
  cluster = await startRealCluster()
  client = cluster.client
  installation = await furnishRegistry(cluster)
  await applyConfig(client, TWO_PODS)
  await moveClock(AUTHORITY_MADE)
  const first = await untilIssued('image-registry-tls')
  await moveClock(CERTIFICATE_MADE)
  await untilShown(await untilIssued('image-registry-tls', first))
  before = await published()
  const content = newImage([1000, 40_000])
  const name = 'demo/pulled:v1'
  const digest = await eventually('an image is pushed', () =>
    pushImage(before, name, content).catch(() => undefined),
  )
  image = { name, digest, image: content }
  // The Service of the address does not change: the second one asks for the authorities alone, each time.
  const { url } = before
  pulls = [
    startSteadyPulls(async () => before, image),
    startSteadyPulls(async () => ({ ...before, ...(await authoritiesNow()), url }), image),
  ]
  turns = conditionTurns(client)
})

const authoritiesNow = async (): Promise<Pick<RegistryAccess, 'authorities'>> => {
  const { data } = (await client.send(
    'GET',
    '/api/v1/namespaces/openshift-image-registry/configmaps/image-registry-serving-ca',
  )) as unknown as Readonly<{ data: Readonly<Record<string, string>> }>
  return { authorities: data['ca.crt'] }
}

afterAll(async () => {
  await Promise.all(pulls.map(({ stop }) => stop()))
  await turns?.stop()
  await operator?.stop()
  await cluster?.stop()
})

describe('while images are pulled', () => {
  it('the certificate is replaced before it expires, and no pull fails', async () => {
    const [authority, former] = await certificatesNow()
    const generation = await generationOfDeployment()
    const pods = await untilShown(former)
    await moveClock(CERTIFICATE_DUE)
    const renewed = await untilIssued('image-registry-tls', former)
    const nowMs = Date.now() - CERTIFICATE_DUE * DAY_MS
    expect(endOf(former) - nowMs).toBeGreaterThan(20 * DAY_MS)
    expect(endOf(renewed) - nowMs).toBeGreaterThan(89 * DAY_MS)
    const others = await untilShown(renewed)
    expect(others.filter((uid) => pods.includes(uid))).toEqual([])
    expect(await generationOfDeployment()).toBe(generation + 1)
    await untilPulled()
    noPullHasFailed()
    expect((await certificateIn('image-registry-signer'))?.fingerprint256).toBe(
      authority.fingerprint256,
    )
    expect(await authoritiesNow()).toEqual({ authorities: before.authorities })
  })

  it('so is the authority, and who trusts the former one or the new one can go on pulling', async () => {
    const [authority, former] = await certificatesNow()
    const generation = await generationOfDeployment()
    await moveClock(AUTHORITY_DUE)
    const renewed = await untilIssued('image-registry-signer', authority)
    expect(publicKeyOf(renewed)).toBe(publicKeyOf(authority))
    expect(endOf(renewed)).toBeGreaterThan(endOf(authority) + 2000 * DAY_MS)
    await untilShown(await untilIssued('image-registry-tls', former))
    const { authorities } = await eventually('the new authority is published', async () => {
      const now = await authoritiesNow()
      return now.authorities === before.authorities ? undefined : now
    })
    expect(new X509Certificate(authorities ?? '').fingerprint256).toBe(renewed.fingerprint256)
    expect(await generationOfDeployment()).toBe(generation + 1)
    await untilPulled()
    noPullHasFailed()
  })

  it('the registry is never said to be away, or in need of somebody', () => {
    const told = (turns?.all() ?? []).filter(
      ({ type, status }) =>
        (type === 'Available' && status !== 'True') ||
        (type.endsWith('Degraded') && status !== 'False'),
    )
    expect(told).toEqual([])
  })
})
