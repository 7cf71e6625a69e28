import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { certificateAuthority, certificateFrom } from '../../cluster/certificates'
import type { KubeObject } from '../../cluster/cluster-client'
import { mergePatch } from '../../cluster/simulation'
import { untilObject } from '../../cluster/until-object'
import { untilQuiet } from '../../compatibility/until-quiet'
import {
  apiServerPath,
  getImageStatus,
  type OperatorStatus,
  operatorStatusOf,
  proxyPath,
  untilNormalOperator,
} from '../../harness/cluster-status'
import { applyConfig, conditionOf, getConfig, untilComplete } from '../../harness/config-status'
import { eventually } from '../../harness/eventually'
import { givenRegistry, oneOnEmptyDir, untilAvailable } from '../../harness/given-registry'
import { printedByInstall } from '../../harness/installed-objects'
import { type OpenshiftCluster, startOpenshiftCluster } from '../../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../../harness/operator-process'
import { clusterOperatorPath, configPath, deploymentPath } from '../../harness/registry-objects'
import {
  containerOf,
  environmentOf,
  getDeployment,
  podSpecOf,
  registryEnvironment,
} from '../../harness/registry-workload'

const namespace = '/api/v1/namespaces/openshift-image-registry'
const routes = '/apis/route.openshift.io/v1/namespaces/openshift-image-registry/routes'
const privateConfiguration = `${namespace}/secrets/image-registry-private-configuration`
const aMinute = 60_000

let cluster: OpenshiftCluster
let operator: OperatorProcess
let filesOption: ReadonlyArray<string>

const restarted = async (env: Readonly<Record<string, string>> = {}): Promise<void> => {
  await operator?.stop()
  operator = await startOperator({
    kubeconfigPath: cluster.operatorKubeconfigPath,
    args: filesOption,
    env,
  })
}

/** The watched files, as the Deployment that `install` prints names them to the operator. */
const printedFiles = async (): Promise<ReadonlyArray<string>> => {
  const [deployment] = (await printedByInstall()).filter(({ kind }) => kind === 'Deployment')
  const args = deployment === undefined ? [] : (containerOf(deployment).args ?? [])
  return args.filter((arg) => arg.startsWith('--files='))
}

beforeAll(async () => {
  cluster = await startOpenshiftCluster({ definitions: 'openshift-api' })
  filesOption = await printedFiles()
  await restarted()
  await givenRegistry(cluster.client)
})

afterAll(async () => {
  await operator?.stop()
  await cluster?.stop()
})

/** The generated one is where the registry reads it from, and nowhere else. */
const httpSecret = async (): Promise<string> => {
  const { data } = await cluster.client.send('GET', privateConfiguration)
  const { REGISTRY_HTTP_SECRET = '' } = (data ?? {}) as Readonly<Record<string, string>>
  return Buffer.from(REGISTRY_HTTP_SECRET, 'base64').toString()
}

describe('A1: the HTTP secret', () => {
  const theirs = 'an-example-not-a-secret'

  it('is generated where none is given, and the Config does not show it', async () => {
    expect(await httpSecret()).toMatch(/^[0-9a-f]{128}$/)
    expect(await getConfig(cluster.client)).not.toHaveProperty('spec.httpSecret')
    expect((await registryEnvironment(cluster.client))['REGISTRY_HTTP_SECRET']).toBe(
      '{"secretKeyRef":{"name":"image-registry-private-configuration","key":"REGISTRY_HTTP_SECRET"}}',
    )
  })

  it('is the one of the Config where that has one, and stays when it is taken out of there', async () => {
    await givenRegistry(cluster.client, { httpSecret: theirs })
    expect(await httpSecret()).toBe(theirs)
    await givenRegistry(cluster.client, { httpSecret: '' })
    expect(await httpSecret()).toBe(theirs)
  })

  it('is generated anew when it is emptied where it is kept', async () => {
    const first = await httpSecret()
    await mergePatch(cluster.client, privateConfiguration, { data: { REGISTRY_HTTP_SECRET: '' } })
    const second = await eventually('another one', async () => (await httpSecret()) || undefined)
    expect(second).toMatch(/^[0-9a-f]{128}$/)
    expect(second).not.toBe(first)
    await untilAvailable(cluster.client)
  })
})

const deploymentFor = async (spec: object): Promise<KubeObject> => {
  await givenRegistry(cluster.client, spec)
  return getDeployment(cluster.client)
}

describe('what the Config says of the pods', () => {
  it('A2: the memory limit is 512Mi where the resources say so', async () => {
    const deployment = await deploymentFor({
      resources: { limits: { memory: '512Mi' } },
      tolerations: [{ key: 'node-role.kubernetes.io/master', operator: 'Exists' }],
    })
    expect(containerOf(deployment).resources).toEqual({ limits: { memory: '512Mi' } })
  })

  it('A3: the strategy is Recreate where the Config says so', async () => {
    const deployment = await deploymentFor({ rolloutStrategy: 'Recreate' })
    expect(deployment['spec']).toMatchObject({ strategy: { type: 'Recreate' } })
  })

  it('A4: the tolerations are exactly those of the Config', async () => {
    const tolerations = [
      { key: 'mykey', operator: 'Equal', value: 'myvalue', effect: 'NoSchedule' },
    ]
    expect(podSpecOf(await deploymentFor({ tolerations })).tolerations).toEqual(tolerations)
  })

  it('A5: an affinity that no node satisfies is in the Deployment exactly as it is in the Config', async () => {
    const matchExpressions = [{ key: 'a-label', operator: 'In', values: ['of-no-node'] }]
    const nodeSelectorTerms = [{ matchExpressions }]
    const affinity = {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
    }
    await mergePatch(cluster.client, configPath, {
      spec: { affinity },
    })
    const deployment = await untilObject(
      cluster.client,
      deploymentPath,
      (object) => podSpecOf(object).affinity !== undefined,
    )
    expect(podSpecOf(deployment).affinity).toEqual(affinity)
    await mergePatch(cluster.client, configPath, {
      spec: { affinity: null },
    })
    await untilAvailable(cluster.client)
  })

  it('A11: limits of requests are six variables', async () => {
    const environment = environmentOf(
      await deploymentFor({
        requests: {
          read: { maxRunning: 1, maxInQueue: 2, maxWaitInQueue: '3s' },
          write: { maxRunning: 4, maxInQueue: 5, maxWaitInQueue: '6h' },
        },
      }),
    )
    expect(environment).toMatchObject({
      REGISTRY_OPENSHIFT_REQUESTS_READ_MAXRUNNING: '1',
      REGISTRY_OPENSHIFT_REQUESTS_READ_MAXINQUEUE: '2',
      REGISTRY_OPENSHIFT_REQUESTS_READ_MAXWAITINQUEUE: '3s',
      REGISTRY_OPENSHIFT_REQUESTS_WRITE_MAXRUNNING: '4',
      REGISTRY_OPENSHIFT_REQUESTS_WRITE_MAXINQUEUE: '5',
      REGISTRY_OPENSHIFT_REQUESTS_WRITE_MAXWAITINQUEUE: '6h0m0s',
    })
  })

  it('A12: disableRedirect is a variable', async () => {
    const environment = environmentOf(await deploymentFor({ disableRedirect: true }))
    expect(environment['REGISTRY_STORAGE_REDIRECT_DISABLE']).toBe('true')
  })

  it('A13: readOnly is a variable, and nothing changes any more afterwards', async () => {
    const environment = environmentOf(await deploymentFor({ readOnly: true }))
    expect(environment['REGISTRY_STORAGE_MAINTENANCE_READONLY']).toBe('{enabled: true}')
    expect(await untilQuiet(cluster.client)).toBe(true)
  })

  it('A23: a pod has 25 seconds in which nobody comes any more and 55 in all; another one takes its place', async () => {
    const deployment = await deploymentFor({})
    expect(podSpecOf(deployment).terminationGracePeriodSeconds).toBe(55)
    expect(containerOf(deployment).lifecycle).toEqual({
      preStop: { exec: { command: ['sleep', '25'] } },
    })
    const pods = `${namespace}/pods?labelSelector=docker-registry%3Ddefault`
    const [pod] = await cluster.client.list(pods)
    await cluster.client.send('DELETE', `${namespace}/pods/${pod?.metadata.name}`)
    await eventually('another pod', async () =>
      (await cluster.client.list(pods)).some(({ metadata }) => metadata.uid !== pod?.metadata.uid)
        ? true
        : undefined,
    )
    await untilComplete(cluster.client)
  })
})

describe('routes', () => {
  it('A6: both are there, and the cluster is told of both hosts, that of the default route first', async () => {
    const hostname = 'registry.example.com'
    await givenRegistry(cluster.client, {
      defaultRoute: true,
      routes: [{ name: 'custom', hostname }],
    })
    const found = (await cluster.client.list(routes)).map(({ metadata }) => metadata.name)
    expect(found.sort()).toEqual(['custom', 'default-route'])
    const hosts = await eventually('two hosts', async () => {
      const { externalRegistryHostnames = [] } = await getImageStatus(cluster.client)
      return externalRegistryHostnames.length === 2 ? externalRegistryHostnames : undefined
    })
    expect(hosts).toEqual([
      expect.stringMatching(/^default-route-openshift-image-registry\./),
      hostname,
    ])
  })

  it('A7: one with a Secret has its certificate and its key', async () => {
    const authority = await certificateAuthority('an-authority')
    const hostname = 'secure.example.com'
    const { certificate, privateKey } = await certificateFrom(authority, {
      commonName: hostname,
      hosts: [hostname],
    })
    await cluster.client.send('POST', `${namespace}/secrets`, {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/tls',
      metadata: { name: 'secure' },
      stringData: { 'tls.crt': certificate, 'tls.key': privateKey },
    })
    await givenRegistry(cluster.client, {
      routes: [{ name: 'secure', hostname, secretName: 'secure' }],
    })
    const route = await untilObject(cluster.client, `${routes}/secure`, () => true)
    expect(route['spec']).toMatchObject({
      host: hostname,
      tls: { termination: 'reencrypt', certificate, key: privateKey },
    })
  })
})

describe('proxies', () => {
  const proxyOf = async (): Promise<ReadonlyArray<string | undefined>> => {
    const { HTTP_PROXY, HTTPS_PROXY, NO_PROXY } = await registryEnvironment(cluster.client)
    return [HTTP_PROXY, HTTPS_PROXY, NO_PROXY]
  }
  const ofCluster = ['http://proxy.cluster:8080', 'https://proxy.cluster:8443', '.cluster.local']
  const ofConfig = ['http://proxy.config:8080', 'https://proxy.config:8443', '.config.local']
  const setClusterProxy = ([httpProxy, httpsProxy, noProxy]: ReadonlyArray<
    string | null
  >): Promise<KubeObject> =>
    mergePatch(cluster.client, `${proxyPath}/status`, {
      status: { httpProxy, httpsProxy, noProxy },
    })

  it('A9: the registry has none, then that of the cluster, then that of the Config', async () => {
    await givenRegistry(cluster.client)
    expect(await proxyOf()).toEqual([undefined, undefined, undefined])
    await setClusterProxy(ofCluster)
    await eventually('the proxy of the cluster', async () =>
      (await proxyOf())[0] === undefined ? undefined : true,
    )
    expect(await proxyOf()).toEqual(ofCluster)
    const [http, https, noProxy] = ofConfig
    await givenRegistry(cluster.client, { proxy: { http, https, noProxy } })
    expect(await proxyOf()).toEqual(ofConfig)
    await setClusterProxy([null, null, null])
  })

  it('A8 without a cloud: an unreachable proxy of the operator neither stops it nor gets to the registry', async () => {
    const nowhere = 'http://127.0.0.1:9'
    await restarted({ HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, NO_PROXY: '127.0.0.1,localhost' })
    const config = await givenRegistry(cluster.client, { logLevel: 'Debug' })
    expect(conditionOf(config, 'StorageExists')).toMatchObject({ status: 'True' })
    expect(await proxyOf()).toEqual([undefined, undefined, undefined])
    await restarted()
  })
})

describe('the operator', () => {
  it('A10: its version is that of the release within a minute, and is never empty', async () => {
    await givenRegistry(cluster.client)
    const seen: OperatorStatus[] = []
    const ending = new AbortController()
    const watching = cluster.client.watch(
      '/apis/config.openshift.io/v1/clusteroperators?fieldSelector=metadata.name%3Dimage-registry',
      ({ object }) => void seen.push(operatorStatusOf(object)),
      ending.signal,
    )
    await restarted({ RELEASE_VERSION: '4.22.1' })
    await untilObject(
      cluster.client,
      clusterOperatorPath,
      (object) => operatorStatusOf(object).versions?.[0]?.version === '4.22.1',
      aMinute,
    )
    ending.abort()
    await watching.catch(() => undefined)
    expect(seen.length).toBeGreaterThan(1)
    expect(new Set(seen.map(({ versions }) => JSON.stringify(versions)))).toEqual(
      new Set(
        ['4.22.0', '4.22.1'].map((version) => JSON.stringify([{ name: 'operator', version }])),
      ),
    )
    await restarted()
    await untilNormalOperator(cluster.client)
  })

  it('A16: all is well on an emptyDir, and the log begins as scripts expect it', async () => {
    await givenRegistry(cluster.client, { logLevel: 'Trace' })
    await untilComplete(cluster.client)
    await untilNormalOperator(cluster.client)
    expect(await getImageStatus(cluster.client)).toMatchObject({
      internalRegistryHostname: 'image-registry.openshift-image-registry.svc:5000',
    })
    expect(await untilQuiet(cluster.client)).toBe(true)
    const log = operator.log().join('\n')
    expect(log).toContain('Cluster Image Registry Operator Version: ')
    expect(log).toContain(
      'Watching files [/var/run/configmaps/trusted-ca/tls-ca-bundle.pem /etc/secrets/tls.crt /etc/secrets/tls.key ',
    )
    expect(log).toContain(filesOption.map((option) => option.replace('--files=', '')).join(' '))
    expect(filesOption).toHaveLength(4)
    expect(log).toContain('object changed')
  })

  it('A22: of three that start at the same time, one says that it has the lease', async () => {
    await operator.stop()
    const { operatorKubeconfigPath: kubeconfigPath } = cluster
    const all = await Promise.all([1, 2, 3].map(() => startOperator({ kubeconfigPath })))
    const leaders = (): ReadonlyArray<OperatorProcess> =>
      all.filter(({ log }) => log().some((line) => line.includes('successfully acquired lease')))
    await eventually('one has the lease', async () => leaders()[0])
    await sleep(3_000)
    expect(leaders()).toHaveLength(1)
    await Promise.all(all.map(({ stop }) => stop()))
    await restarted()
  })
})

describe('the size of the registry', () => {
  /** Puts the pods that found no node before the scheduler once more. */
  const rescheduled = async (): Promise<void> => {
    const pods = await cluster.client.list(`${namespace}/pods?fieldSelector=status.phase%3DPending`)
    await Promise.all(
      pods.map(({ metadata }) =>
        cluster.client.request('DELETE', `${namespace}/pods/${metadata.name}`),
      ),
    )
  }

  const isAtRest = (config: KubeObject): boolean =>
    conditionOf(config, 'Progressing')?.status === 'False'

  /**
   * By itself the scheduler looks again at a pod that found no node after five minutes, and the affinity of the old pods
   * may keep the new ones off their nodes.
   */
  const given = async (count: number): Promise<void> => {
    await applyConfig(cluster.client, { ...oneOnEmptyDir, replicas: count })
    await eventually(`${count} are ready`, async () => {
      const config = await getConfig(cluster.client)
      const { readyReplicas, observedGeneration } = config['status'] as Readonly<{
        readyReplicas?: number
        observedGeneration?: number
      }>
      const isSeen = observedGeneration === config.metadata['generation']
      if (isSeen && readyReplicas === count && isAtRest(config)) return true
      await sleep(500)
      await rescheduled()
      return undefined
    })
  }

  it('A14: two replicas become four, where the scheduler looks again at pods that found no node', async () => {
    await given(2)
    await given(4)
    await untilComplete(cluster.client)
  })

  it('A15: two replicas become one', async () => {
    await given(2)
    await given(1)
    await untilComplete(cluster.client)
  })

  it('A20: less than none degrades the operator, with the words of old', async () => {
    const config = await givenRegistry(cluster.client, { replicas: -1 })
    const degraded = conditionOf(config, 'Degraded')
    expect(degraded).toMatchObject({ status: 'True', reason: 'VerificationFailed' })
    expect(degraded?.message).toContain('replicas must be greater than or equal to 0')
    await givenRegistry(cluster.client)
    await untilNormalOperator(cluster.client)
  })
})

describe('the Deployment', () => {
  it('A18: is there again after somebody has deleted it', async () => {
    const { uid } = (await getDeployment(cluster.client)).metadata
    await cluster.client.send('DELETE', deploymentPath)
    await untilObject(cluster.client, deploymentPath, ({ metadata }) => metadata.uid !== uid)
    await untilComplete(cluster.client)
  })

  it('A19: loses a variable and a port that somebody has added within a minute', async () => {
    const { env = [], ports = [] } = containerOf(await getDeployment(cluster.client))
    const at = '/spec/template/spec/containers/0'
    await cluster.client.send(
      'PATCH',
      `${deploymentPath}?fieldManager=kubectl-edit`,
      [
        { op: 'add', path: `${at}/env/-`, value: { name: 'THEIRS', value: 'x' } },
        { op: 'add', path: `${at}/ports/-`, value: { containerPort: 12345, protocol: 'TCP' } },
      ],
      'application/json-patch+json',
    )
    const after = await untilObject(
      cluster.client,
      deploymentPath,
      (object) =>
        !('THEIRS' in environmentOf(object)) && containerOf(object).ports?.length === ports.length,
      aMinute,
    )
    expect(containerOf(after)).toMatchObject({ env, ports })
  })

  it('A21: has the TLS settings that are observed in the cluster', async () => {
    const { spec } = await untilAvailable(cluster.client)
    const { servingInfo } = (spec as Readonly<Record<string, unknown>>)[
      'observedConfig'
    ] as Readonly<{
      servingInfo: Readonly<{ minTLSVersion: string; cipherSuites: ReadonlyArray<string> }>
    }>
    expect(servingInfo.minTLSVersion).toBe('VersionTLS12')
    expect(servingInfo.cipherSuites).toHaveLength(9)
    expect(await registryEnvironment(cluster.client)).toMatchObject({
      REGISTRY_HTTP_TLS_MINVERSION: servingInfo.minTLSVersion,
      OPENSHIFT_REGISTRY_HTTP_TLS_CIPHERSUITES: servingInfo.cipherSuites.join(','),
    })
  })

  it('D2: follows the cluster from the TLS profile Intermediate to Modern by itself', async () => {
    await mergePatch(cluster.client, apiServerPath, {
      spec: { tlsSecurityProfile: { type: 'Modern', modern: {} } },
    })
    await untilObject(
      cluster.client,
      deploymentPath,
      (object) => environmentOf(object)['REGISTRY_HTTP_TLS_MINVERSION'] === 'VersionTLS13',
    )
    await untilAvailable(cluster.client)
  })
})
