import {
  startInMemoryApiServer,
  type InMemoryApiServer,
} from '@image-registry-operator/apply/testing'
import {
  isJsonArray,
  isJsonObject,
  WATCHED_KINDS,
  type KubeObject,
} from '@image-registry-operator/render/model'
import { describe, expect, it, onTestFinished } from 'vitest'

import { configWith, openshiftObjects } from './testing/openshift-objects'
import { eventually, startedOperator } from './testing/started-operator'

const EMPTY_DIR = { managementState: 'Managed', replicas: 1, storage: { emptyDir: {} } }

const WRITE_VERBS: ReadonlyArray<string> = ['create', 'update', 'patch', 'apply', 'delete']

const cluster = async (spec: KubeObject['spec']): Promise<InMemoryApiServer> => {
  const server = await startInMemoryApiServer({
    objects: [...(await openshiftObjects()), configWith(spec)],
  })
  onTestFinished(server.close)
  return server
}

const find = (server: InMemoryApiServer, kind: string, name: string): KubeObject | undefined =>
  server.objects().find((object) => object.kind === kind && object.metadata.name === name)

const condition = (server: InMemoryApiServer, type: string) => {
  const status = find(server, 'Config', 'cluster')?.['status']
  const conditions = isJsonObject(status) ? status['conditions'] : undefined
  return isJsonArray(conditions)
    ? conditions.filter(isJsonObject).find((one) => one['type'] === type)
    : undefined
}

/** Writes of the operator, but for those of its Lease. */
const writes = (server: InMemoryApiServer): ReadonlyArray<string> =>
  server
    .requests()
    .filter(({ verb, path }) => WRITE_VERBS.includes(verb) && !path.includes('/leases'))
    .map(({ verb, path }) => `${verb} ${path.replace(/\?.*/, '')}`)

const isDeployed = (server: InMemoryApiServer): boolean =>
  find(server, 'Deployment', 'image-registry') !== undefined &&
  condition(server, 'Available') !== undefined

const deployed = (server: InMemoryApiServer) =>
  eventually(
    () => isDeployed(server),
    (is) => is,
  )

/** Waits until nothing is written any more. */
const settled = async (server: InMemoryApiServer): Promise<void> => {
  for (let before = -1; writes(server).length !== before;) {
    before = writes(server).length
    await new Promise((resolve) => setTimeout(resolve, 400))
  }
}

/** What is in a cluster, without what differs from one run to the next. */
const world = (server: InMemoryApiServer): ReadonlyArray<unknown> =>
  server
    .objects()
    .filter(({ kind }) => kind !== 'Lease' && kind !== 'Event')
    .map(({ kind, metadata, spec, data, rules }) => ({
      kind,
      name: metadata.name,
      annotations: metadata.annotations,
      spec: isJsonObject(spec) ? { ...spec, clusterIP: '', clusterIPs: [] } : spec,
      rules,
      keys: Object.keys(isJsonObject(data) ? data : {}),
    }))
    .sort((a, b) => (`${a.kind}/${a.name}` < `${b.kind}/${b.name}` ? -1 : 1))

const undisturbedWorld = async (): Promise<ReadonlyArray<unknown>> => {
  const server = await cluster(EMPTY_DIR)
  startedOperator(server)
  await deployed(server)
  await settled(server)
  return world(server)
}

describe('the operator against an API server', () => {
  it('makes everything that the registry needs, and says so', async () => {
    const server = await cluster(EMPTY_DIR)
    const { log } = startedOperator(server)
    await deployed(server)
    await settled(server)
    for (const [kind, name] of [
      ['ClusterRole', 'system:registry'],
      ['ClusterRoleBinding', 'registry-registry-role'],
      ['ServiceAccount', 'registry'],
      ['Secret', 'installation-pull-secrets'],
      ['Secret', 'image-registry-private-configuration'],
      ['Service', 'image-registry'],
      ['PodDisruptionBudget', 'image-registry'],
      ['NetworkPolicy', 'image-registry-networkpolicy'],
    ] as const)
      expect([kind, find(server, kind, name)?.kind]).toEqual([kind, kind])
    expect(server.requests().filter(({ code }) => code >= 400)).toEqual([])
    expect(log().filter(({ level }) => level !== 'info')).toEqual([])
    expect(new Set(server.requests().map(({ userAgent }) => userAgent)).size).toBe(1)
  })

  it('says that the registry is available when its pods are', async () => {
    const server = await cluster(EMPTY_DIR)
    startedOperator(server)
    await deployed(server)
    expect(condition(server, 'Available')?.['status']).toBe('False')
    server.load({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'image-registry', namespace: 'openshift-image-registry' },
      status: {
        observedGeneration: 1,
        replicas: 1,
        updatedReplicas: 1,
        readyReplicas: 1,
        availableReplicas: 1,
        conditions: [
          { type: 'Available', status: 'True' },
          { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' },
        ],
      },
    })
    await eventually(
      () => condition(server, 'Ready'),
      (ready) => ready?.['status'] === 'True',
    )
    expect(condition(server, 'Available')?.['status']).toBe('True')
    expect(condition(server, 'Progressing')?.['status']).toBe('False')
  })

  it.each([1, 2, 3, 5, 8, 10])(
    'ends in the same place when it dies after write number %i and is started again',
    async (last) => {
      const server = await cluster(EMPTY_DIR)
      let count = 0
      server.setFault(({ verb, path }) => {
        if (!WRITE_VERBS.includes(verb) || path.includes('/leases')) return undefined
        count += 1
        // The last write arrives, but nobody hears of it.
        return count < last ? undefined : { _tag: count === last ? 'CutAfter' : 'CutBefore' }
      })
      const first = startedOperator(server)
      await eventually(
        () => count,
        (now) => now >= last,
      )
      await first.stop()
      server.setFault(() => undefined)
      startedOperator(server)
      await deployed(server)
      await settled(server)
      expect(world(server)).toEqual(await undisturbedWorld())
    },
  )

  it('keeps within the budget of requests', async () => {
    const server = await cluster(EMPTY_DIR)
    startedOperator(server)
    await deployed(server)
    await settled(server)
    const verbs = server.requests().map(({ verb }) => verb)
    expect(verbs.filter((verb) => WRITE_VERBS.includes(verb)).length).toBeLessThanOrEqual(40)
    // One watch per collection that is served, and discovery; single objects are read by nobody.
    expect(verbs).not.toContain('get')
    expect(verbs.filter((verb) => !WRITE_VERBS.includes(verb)).length).toBeLessThanOrEqual(
      WATCHED_KINDS.length + 5,
    )
  })

  it('copies what a Secret holds without reading it', async () => {
    const server = await cluster({ ...EMPTY_DIR, httpSecret: 'a secret of the user' })
    startedOperator(server)
    await deployed(server)
    await settled(server)
    const data = find(server, 'Secret', 'image-registry-private-configuration')?.['data']
    expect(data).toEqual({
      REGISTRY_HTTP_SECRET: Buffer.from('a secret of the user').toString('base64'),
    })
    server.load(configWith({ ...EMPTY_DIR, httpSecret: 'another one' }))
    await eventually(
      () => find(server, 'Secret', 'image-registry-private-configuration')?.['data'],
      (now) =>
        isJsonObject(now) &&
        now['REGISTRY_HTTP_SECRET'] === Buffer.from('another one').toString('base64'),
    )
    expect(server.requests().filter(({ verb }) => verb === 'get')).toEqual([])
  })

  it('tells by few Events what it made', async () => {
    const server = await cluster(EMPTY_DIR)
    startedOperator(server)
    await deployed(server)
    await settled(server)
    const reasons = server
      .objects()
      .filter(({ kind }) => kind === 'Event')
      .map(({ reason }) => reason)
    expect(reasons).toContain('DeploymentCreated')
    expect(reasons.filter((reason) => !String(reason).endsWith('Created'))).toEqual([])
    expect(reasons.length).toBeLessThanOrEqual(5)
  })

  it('serves what the original counts: the storage, the tags, whether images are cleaned up', async () => {
    const server = await cluster(EMPTY_DIR)
    const { log } = startedOperator(server)
    await deployed(server)
    await settled(server)
    const [address] = log().flatMap((line) => ('address' in line ? [String(line.address)] : []))
    const text = await (await fetch(`http://${address}/metrics`)).text()
    expect(text).toContain('image_registry_storage_type{storage="EmptyDir"} 1\n')
    expect(text).toContain('image_registry_operator_image_pruner_install_status')
    expect(text).toContain('image_registry_operator_storage_reconfigured_total 0\n')
    expect(text).toMatch(/^image_registry_operator_condition\{type="Available",.*\} 1$/m)
    expect(text).toContain('image_registry_operator_event_failures_total 0\n')
  })

  it('logs as much as the Config asks for, from the pass on that sees it', async () => {
    const server = await cluster(EMPTY_DIR)
    const { log } = startedOperator(server)
    await deployed(server)
    await settled(server)
    expect(log().filter(({ level }) => level === 'debug')).toEqual([])
    server.load(configWith({ ...EMPTY_DIR, operatorLogLevel: 'Debug' }))
    await eventually(
      () => log().some(({ level }) => level === 'debug'),
      (is) => is,
    )
    server.load(configWith({ ...EMPTY_DIR, operatorLogLevel: 'Normal' }))
    await eventually(
      () => log().filter(({ event }) => event === 'LogLevelChanged').length,
      (count) => count === 2,
    )
    await settled(server)
    const told = server.objects().filter(({ reason }) => reason === 'OperatorLogLevelChange')
    expect(told).toHaveLength(2)
  })

  it('writes nothing when it is started again and everything is right', async () => {
    const server = await cluster(EMPTY_DIR)
    const first = startedOperator(server)
    await deployed(server)
    await settled(server)
    expect(await first.stop()).toBe(0)
    const before = writes(server)
    const second = startedOperator(server)
    await eventually(
      () => second.log().some(({ event }) => event === 'LeadershipAcquired'),
      (is) => is,
    )
    await settled(server)
    expect(writes(server)).toEqual(before)
    expect(second.log().map(({ event }) => event)).toEqual([
      'Starting',
      'Listening',
      'CacheSynced',
      'LeadershipAcquired',
    ])
  })

  it('puts a hand edit back within a second, and leaves what others add', async () => {
    const server = await cluster(EMPTY_DIR)
    startedOperator(server)
    await deployed(server)
    await settled(server)
    const service = { apiVersion: 'v1', kind: 'Service' }
    const metadata = { name: 'image-registry', namespace: 'openshift-image-registry' }
    server.load(
      {
        ...service,
        metadata: { ...metadata, labels: { 'docker-registry': 'changed', theirs: 'stays' } },
      },
      'kubectl-edit',
    )
    const labels = () => find(server, 'Service', 'image-registry')?.metadata.labels
    expect(labels()).toMatchObject({ 'docker-registry': 'changed' })
    await eventually(labels, (now) => now?.['docker-registry'] === 'default')
    expect(labels()).toMatchObject({ theirs: 'stays' })
  })

  it('does not fight for long with somebody who keeps changing the same field, and says who it is', async () => {
    const server = await cluster(EMPTY_DIR)
    const { log } = startedOperator(server)
    await deployed(server)
    await settled(server)
    const metadata = { name: 'image-registry', namespace: 'openshift-image-registry' }
    const label = () =>
      find(server, 'Service', 'image-registry')?.metadata.labels?.['docker-registry']
    const edit = (value: string) =>
      server.load(
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { ...metadata, labels: { 'docker-registry': value } },
        },
        'stubborn',
      )
    for (let round = 0; round < 11; round += 1) {
      edit(`changed-${round}`)
      await eventually(label, (now) => now === 'default')
    }
    edit('changed-again')
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(label()).toBe('changed-again')
    await eventually(label, (now) => now === 'default')
    expect(log().filter(({ event }) => event === 'CorrectionContested')).toEqual([
      expect.objectContaining({
        level: 'warn',
        object: 'Service openshift-image-registry/image-registry',
        fields: ['metadata.labels.docker-registry'],
        heldBy: ['stubborn'],
      }),
    ])
  })

  it('makes an object anew that somebody deletes', async () => {
    const server = await cluster(EMPTY_DIR)
    startedOperator(server)
    await deployed(server)
    await settled(server)
    const uid = () => find(server, 'Service', 'image-registry')?.metadata.uid
    const before = uid()
    const path = '/api/v1/namespaces/openshift-image-registry/services/image-registry'
    await fetch(`${server.url}${path}`, { method: 'DELETE' })
    await eventually(uid, (now) => now !== undefined && now !== before, 1_000)
  })

  it('says what is wrong with a Config, touches nothing, and goes on when it is right again', async () => {
    const server = await cluster(EMPTY_DIR)
    const { log } = startedOperator(server)
    await deployed(server)
    await settled(server)
    const before = find(server, 'Deployment', 'image-registry')
    const objectWrites = () => writes(server).filter((write) => !/\/(status|events)$/.test(write))
    const wroteBefore = objectWrites()
    server.load(configWith({ ...EMPTY_DIR, storage: { emptyDir: {}, pvc: { claim: 'a' } } }))
    await eventually(
      () => condition(server, 'Degraded'),
      (degraded) => degraded?.['reason'] === 'VerificationFailed',
    )
    await settled(server)
    expect(find(server, 'Deployment', 'image-registry')).toEqual(before)
    expect(objectWrites()).toEqual(wroteBefore)
    // The new Config replaces the old one field by field, so the second storage has to go by name.
    server.load(configWith({ ...EMPTY_DIR, replicas: 2 }))
    await eventually(
      () => find(server, 'Deployment', 'image-registry')?.['spec'],
      (spec) => isJsonObject(spec) && spec['replicas'] === 2,
    )
    await eventually(
      () => condition(server, 'Degraded'),
      (degraded) => degraded?.['status'] === 'False',
    )
    expect(log().filter(({ level }) => level === 'error')).toEqual([])
  })

  it('gives the lease back when it is told to stop, so that the next one need not wait', async () => {
    const server = await cluster(EMPTY_DIR)
    const first = startedOperator(server)
    await deployed(server)
    const lease = () => {
      const spec = find(server, 'Lease', 'openshift-master-controllers')?.['spec']
      return isJsonObject(spec) ? spec['holderIdentity'] : undefined
    }
    expect(lease()).toMatch(/^operator_/)
    expect(await first.stop()).toBe(0)
    expect(lease()).toBe('')
  })

  it('leads no more than once: a second operator waits', async () => {
    const server = await cluster(EMPTY_DIR)
    startedOperator(server)
    await deployed(server)
    const second = startedOperator(server)
    await eventually(
      () => second.log().some(({ event }) => event === 'CacheSynced'),
      (is) => is,
    )
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(second.log().map(({ event }) => event)).not.toContain('LeadershipAcquired')
    expect(await second.stop()).toBe(0)
  })

  it('tries again when the API server fails, and gets there', async () => {
    const server = await cluster(EMPTY_DIR)
    let failures = 0
    server.setFault(({ verb, path }) => {
      if (verb !== 'apply' || !path.includes('/services/') || failures >= 5) return undefined
      failures += 1
      return { _tag: 'Answer', code: 500 }
    })
    const { log } = startedOperator(server)
    await eventually(
      () => find(server, 'Service', 'image-registry') !== undefined,
      (is) => is,
    )
    expect(failures).toBe(5)
    // It lasts, so it is logged once.
    expect(log().filter(({ event }) => event === 'WriteFailed')).toHaveLength(1)
  })
})
