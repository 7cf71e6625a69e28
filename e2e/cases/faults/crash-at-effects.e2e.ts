import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ClusterClient } from '../../cluster/cluster-client'
import { applyConfig, conditionOf, getConfig, untilComplete } from '../../harness/config-status'
import {
  endState,
  kubernetesEndState,
  resetCluster,
  resetKubernetes,
} from '../../harness/end-state'
import { eventually } from '../../harness/eventually'
import { isWork, type Moment } from '../../harness/faults/api-fault'
import { dice } from '../../harness/faults/fault-dice'
import { type Replica, type ReplicaPlace, startReplica } from '../../harness/faults/replicas'
import { startOpenshiftCluster } from '../../harness/openshift-cluster'
import { onDefaultClaim } from '../../harness/sample-specs'
import { startSimulatedKubernetes } from '../../harness/simulated-kubernetes'
import { forgetLease } from '../../harness/storage/cloud-cluster'

/**
 * `CRASH_EFFECTS=all`: at every write, on both platforms, which takes half an hour. As many, chosen by `CRASH_SEED`, where it
 * is a number: on OpenShift `crash.e2e.ts` has all of them, as they have arrived.
 */
const asked = process.env['CRASH_EFFECTS'] ?? '1'
const seed = Number(process.env['CRASH_SEED'] ?? 1)

type Cluster = ReplicaPlace &
  Readonly<{
    stop: () => Promise<void>
    reset: (client: ClusterClient) => Promise<void>
    look: (client: ClusterClient) => Promise<unknown>
    spec: object
  }>

const onKubernetes = async (): Promise<Cluster> => {
  const cluster = await startSimulatedKubernetes()
  const spec = { managementState: 'Managed', replicas: 1, storage: { emptyDir: {} } }
  const env = cluster.operatorVariables
  return { ...cluster, env, spec, reset: resetKubernetes, look: kubernetesEndState }
}

const onOpenshift = async (): Promise<Cluster> => {
  const cluster = await startOpenshiftCluster({ auditLog: false })
  return { ...cluster, env: {}, spec: onDefaultClaim, reset: resetCluster, look: endState }
}

const platforms = [
  { platform: 'plain Kubernetes', start: onKubernetes },
  ...(asked === 'all' ? [{ platform: 'OpenShift', start: onOpenshift }] : []),
]

type Phase = 'made' | 'removed'
type Kill = Readonly<{ nth: number; moment: Moment }>

/** What is wanted so that it is made, or removed. */
const specFor = ({ spec }: Cluster, phase: Phase): object =>
  phase === 'made' ? spec : { ...spec, managementState: 'Removed' }

const isOver = async ({ client }: Cluster, phase: Phase): Promise<void> => {
  if (phase === 'made') return void (await untilComplete(client))
  await eventually('the registry is removed', async () => {
    const config = await getConfig(client)
    const isRemoved =
      conditionOf(config, 'Removed')?.status === 'True' &&
      conditionOf(config, 'Progressing')?.status === 'False'
    return isRemoved ? true : undefined
  })
}

/** A cluster before the phase, with nobody at work. */
const prepare = async (cluster: Cluster, phase: Phase): Promise<void> => {
  await cluster.reset(cluster.client)
  if (phase === 'made') return
  await applyConfig(cluster.client, cluster.spec)
  const maker = await startReplica(cluster, 'maker')
  await isOver(cluster, 'made')
  await maker.operator.stop()
  await maker.remove()
}

/** Until what is seen is what is wanted; gives what is seen in the end. */
const converged = async (cluster: Cluster, phase: Phase, wanted: unknown): Promise<unknown> => {
  await isOver(cluster, phase)
  await eventually('it is as it should be', async () =>
    isDeepStrictEqual(await cluster.look(cluster.client), wanted) ? true : undefined,
  ).catch(() => undefined)
  return cluster.look(cluster.client)
}

/** What an operator comes to that nobody disturbs, and after how many writes. */
const undisturbed = async (cluster: Cluster, phase: Phase) => {
  await prepare(cluster, phase)
  await applyConfig(cluster.client, specFor(cluster, phase))
  const operator = await startReplica(cluster, 'undisturbed')
  await isOver(cluster, phase)
  await eventually('it is at rest', async () =>
    Date.now() - (operator.workSince(0).at(-1)?.at ?? Date.now()) > 1_500 ? true : undefined,
  )
  const end = await cluster.look(cluster.client)
  const writes = operator.workSince(0).length
  await operator.operator.stop()
  await operator.remove()
  return { end, writes }
}

const NEVER = new Promise(() => undefined)

/** Kills it with its n-th write, which has not arrived, or whose answer it has not seen; false: it makes fewer. */
const killedAt = ({ gateway, operator }: Replica, { nth, moment }: Kill): Promise<unknown> =>
  new Promise((resolve) => {
    let left = nth
    gateway.treat((request) => {
      if (isWork(request)) left -= 1
      if (left > 0 || !isWork(request)) return undefined
      const heard = async (): Promise<void> => {
        const answered = async (): Promise<true | undefined> =>
          gateway.requests()[request.n - 1]?.code() === undefined ? undefined : true
        if (moment === 'after' && left === 0) await eventually('it has arrived', answered)
        await operator.kill()
      }
      void heard().then(resolve)
      // What it sends beside that does not arrive any more.
      return { _tag: 'Held', moment: left === 0 ? moment : 'before', until: NEVER }
    })
  })

const survived = async (
  cluster: Cluster,
  phase: Phase,
  kill: Kill,
  wanted: unknown,
): Promise<unknown> => {
  await prepare(cluster, phase)
  await applyConfig(cluster.client, specFor(cluster, phase))
  const victim = await startReplica(cluster, 'victim')
  await killedAt(victim, kill)
  await victim.remove()
  await forgetLease(cluster.client)
  const successor = await startReplica(cluster, 'successor')
  try {
    return await converged(cluster, phase, wanted)
  } finally {
    await successor.operator.stop()
    await successor.remove()
  }
}

const MOMENTS: ReadonlyArray<Moment> = ['before', 'after']

/** What may still come, or not, after the last write that every run has: Events, and how far the pods are. */
const LATE_WRITES = 8

const killsWithin = (writes: number): ReadonlyArray<Kill> => {
  const all = Array.from({ length: Math.max(1, writes - LATE_WRITES) }, (_, index) =>
    MOMENTS.map((moment) => ({ nth: index + 1, moment })),
  ).flat()
  if (asked === 'all') return all
  const roll = dice(seed)
  return Array.from({ length: Number(asked) }, () => all[Math.floor(roll() * all.length)]).flatMap(
    (kill) => (kill === undefined ? [] : [kill]),
  )
}

describe.each(platforms)('on $platform an operator that is killed', ({ platform, start }) => {
  let cluster: Cluster

  beforeAll(async () => {
    cluster = await start()
  })

  afterAll(async () => {
    await cluster?.stop()
  })

  it.each<Phase>(['made', 'removed'])(
    'with any write of a registry that is %s, before it arrives or after, leaves nothing that its successor cannot end',
    async (phase) => {
      const { end, writes } = await undisturbed(cluster, phase)
      const kills = killsWithin(writes)
      for (const kill of kills) {
        const what = `${kill.moment} write ${kill.nth} of ${writes}`
        expect(await survived(cluster, phase, kill, end), what).toEqual(end)
      }
      process.stdout.write(
        `crash at effects, ${platform}, ${phase}: ${kills.map(({ nth, moment }) => `${moment} ${nth}`).join(', ')} of ${writes} writes\n`,
      )
    },
    asked === 'all' ? 3_600_000 : 300_000,
  )
})
