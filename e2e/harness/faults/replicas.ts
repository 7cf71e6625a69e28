import type { ClusterClient } from '../../cluster/cluster-client'
import { eventually } from '../eventually'
import { type OperatorProcess, startOperator } from '../operator-process'
import { type ApiGateway, type Passed, startApiGateway } from './api-gateway'
import { isWatch, isWork } from './api-fault'

const leasePath =
  '/apis/coordination.k8s.io/v1/namespaces/openshift-image-registry/leases/openshift-master-controllers'

/** One of several instances of the operator, with its own way to the API server. */
export type Replica = Readonly<{
  name: string
  operator: OperatorProcess
  gateway: ApiGateway
  /** Whether it is the one that the lease names. */
  holdsLease: () => Promise<boolean>
  /** Its writes since then, but for those of the lease. */
  workSince: (at: number) => ReadonlyArray<Passed>
  /** Kills it, if it still runs, and closes its way. */
  remove: () => Promise<void>
}>

/** Where replicas are started. */
export type ReplicaPlace = Readonly<{
  client: ClusterClient
  operatorKubeconfigPath: string
  /** Of the operator's environment. */
  env: Readonly<Record<string, string>>
}>

const holderOf = async (client: ClusterClient): Promise<string> => {
  const { code, body } = await client.request('GET', leasePath)
  const { spec } = (code === 200 ? body : {}) as Readonly<{
    spec?: Readonly<{ holderIdentity?: string }>
  }>
  return spec?.holderIdentity ?? ''
}

/** Starts one under a name that nobody else has. */
export const startReplica = async (
  { client, operatorKubeconfigPath, env }: ReplicaPlace,
  name: string,
): Promise<Replica> => {
  const gateway = await startApiGateway(operatorKubeconfigPath)
  const operator = await startOperator({
    kubeconfigPath: gateway.kubeconfigPath,
    env: { ...env, POD_NAME: name },
  })
  return {
    name,
    operator,
    gateway,
    holdsLease: async () => (await holderOf(client)).startsWith(`${name}_`),
    workSince: (at) => gateway.requests().filter((request) => isWork(request) && request.at >= at),
    remove: async () => {
      await operator.kill()
      await gateway.stop()
    },
  }
}

/** Waits until it leads. */
export const untilLeading = (replica: Replica): Promise<true> =>
  eventually(`${replica.name} leads`, async () => ((await replica.holdsLease()) ? true : undefined))

/** Waits until it has seen that another one leads, and will hear when that ends. */
export const untilWaiting = ({ name, gateway }: Replica): Promise<true> =>
  eventually(`${name} waits for the lease`, async () =>
    gateway
      .requests()
      .some(
        (request) => isWatch(request) && request.path.includes('/leases') && request.code() === 200,
      )
      ? true
      : undefined,
  )

/** Longer than the lease of a leader that has died. */
const LEASE_MS = 200_000

/** Waits until it has written something since then. */
export const untilWork = (replica: Replica, at: number): Promise<Passed> =>
  eventually(
    `${replica.name} has written something`,
    async () => replica.workSince(at)[0],
    LEASE_MS,
  )

/** Longer than anything takes that follows from what was done. */
const QUIET_MS = 800

/** Waits until it has had nothing to write for a while. */
export const untilQuiet = (replica: Replica): Promise<true> =>
  eventually(`${replica.name} has nothing to write`, async () =>
    Date.now() - (replica.workSince(0).at(-1)?.at ?? 0) > QUIET_MS ? true : undefined,
  )
