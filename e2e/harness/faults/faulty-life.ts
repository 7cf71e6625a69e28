import { isDeepStrictEqual } from 'node:util'

import type { ClusterClient } from '../../cluster/cluster-client'
import { applyConfig, conditionOf, getConfig, untilSettled } from '../config-status'
import { endState, resetCluster } from '../end-state'
import { eventually } from '../eventually'
import { startOperator } from '../operator-process'
import { onDefaultClaim } from '../sample-specs'
import { type Told, listening } from '../told'
import { isWork } from './api-fault'
import { type Passed, startApiGateway, type Treatment } from './api-gateway'

/** From nothing to a registry, to another one, and to none. */
const STEPS = [
  { what: 'installed', spec: onDefaultClaim },
  { what: 'changed', spec: { ...onDefaultClaim, replicas: 1, logLevel: 'Debug' } },
  { what: 'removed', spec: { ...onDefaultClaim, managementState: 'Removed' } },
] as const

/** What one life came to. */
export type LifeEnd = Readonly<{
  /** The world after each step. */
  ends: ReadonlyArray<unknown>
  requests: ReadonlyArray<Passed>
  /** Conditions that said that something is wrong. */
  degraded: ReadonlyArray<Told>
  log: string
  /** The values of all Secrets that there were. */
  secrets: ReadonlyArray<string>
  code: number | null
}>

export type LifePlace = Readonly<{
  client: ClusterClient
  operatorKubeconfigPath: string
  env: Readonly<Record<string, string>>
}>

const untilRemoved = (client: ClusterClient): Promise<true> =>
  eventually('the registry is removed', async () => {
    const config = await getConfig(client)
    return conditionOf(config, 'Removed')?.status === 'True' &&
      conditionOf(config, 'Progressing')?.status === 'False'
      ? true
      : undefined
  })

const secretValues = async (client: ClusterClient): Promise<ReadonlyArray<string>> =>
  (await client.list('/api/v1/namespaces/openshift-image-registry/secrets')).flatMap(({ data }) =>
    Object.values((data ?? {}) as Readonly<Record<string, string>>).map((value) =>
      Buffer.from(value, 'base64').toString('utf8'),
    ),
  )

/** Waits until the world is as wanted, or for as long as that may take; gives what it is like then. */
const settledWorld = async (client: ClusterClient, wanted: unknown): Promise<unknown> => {
  if (wanted === undefined) return untilUnchanging(client)
  const isThere = async (): Promise<true | undefined> =>
    isDeepStrictEqual(await endState(client), wanted) ? true : undefined
  await eventually('the world is as it should be', isThere, 30_000).catch(() => undefined)
  return endState(client)
}

const untilUnchanging = async (client: ClusterClient): Promise<unknown> => {
  let last: unknown
  let since = Date.now()
  return eventually('nothing changes any more', async () => {
    const now = await endState(client)
    if (!isDeepStrictEqual(now, last)) since = Date.now()
    last = now
    return Date.now() - since > 700 ? now : undefined
  })
}

/** Lives a life in which that happens to requests; each step begins when the world of the step before is as wanted. */
export const lifeWith = async (
  { client, operatorKubeconfigPath, env }: LifePlace,
  treatment: Treatment | undefined,
  wanted: ReadonlyArray<unknown> = [],
): Promise<LifeEnd> => {
  await resetCluster(client)
  const gateway = await startApiGateway(operatorKubeconfigPath)
  gateway.treat(treatment)
  const listener = listening(client)
  const operator = await startOperator({ kubeconfigPath: gateway.kubeconfigPath, env })
  try {
    const ends: unknown[] = []
    const secrets: string[] = []
    for (const [index, { what, spec }] of STEPS.entries()) {
      await applyConfig(client, spec)
      await (what === 'removed' ? untilRemoved(client) : untilSettled(client))
      ends.push(await settledWorld(client, wanted[index]))
      secrets.push(...(await secretValues(client)))
      if (treatment !== undefined) gateway.cutWatches()
    }
    const code = await operator.stop()
    const isBad = ({ type, status }: Told): boolean =>
      type.endsWith('Degraded') && status === 'True'
    const degraded = listener.take().filter(isBad)
    const log = operator.log().join('\n')
    return { ends, requests: gateway.requests(), degraded, log, secrets, code }
  } finally {
    await operator.kill()
    await listener.stop()
    await gateway.stop()
  }
}

/** How many writes were sent, the lease left out. */
export const workOf = ({ requests }: LifeEnd): ReadonlyArray<Passed> => requests.filter(isWork)
