import type { StorageBackend } from '@image-registry-operator/render/model'
import { driversUnderTest } from '@image-registry-operator/storage-drivers/testing'

import type { Dialect } from '../storage-servers/faults/error-answers'
import { startFaults } from '../storage-servers/faults/faults'
import { startFront } from '../storage-servers/front/front'
import type { HostRoutes } from '../storage-servers/front/host-routes'
import type { Upstream } from '../storage-servers/front/upstream'
import type { Lane } from './fault-cloud'
import { faultClock } from './fault-clock'
import { faultTrap } from './fault-trap'

/** Hosts that fail in the same words. */
export type FaultyHosts = Readonly<{
  target: Upstream
  dialect: Dialect
  hosts: ReadonlyArray<string>
}>

/** As the operator has it: a request that takes longer has failed, however busy the machine is. */
export const TIMEOUT_MS = 30_000

/** The network of one lane: all hosts are behind faults, and there are no others. */
export const faultyNetwork = async (
  all: ReadonlyArray<FaultyHosts>,
  backend: StorageBackend,
): Promise<Omit<Lane, 'facts' | 'spec'>> => {
  const clock = faultClock()
  const servers = await Promise.all(
    all.map(({ target, dialect }) => startFaults({ target, dialect, onSilence: clock.silence })),
  )
  const routes = all.flatMap(({ hosts }, index) =>
    hosts.map((host): [string, Upstream] => [host, { port: servers[index]?.port ?? 0 }]),
  )
  const hosts: HostRoutes = Object.fromEntries(routes)
  const front = await startFront({ hosts })
  const trap = faultTrap(servers)
  return {
    trap,
    driver: () => driversUnderTest(TIMEOUT_MS, clock.alarm)(backend)(),
    network: {
      authorities: { pem: front.authorities, isOnly: true },
      proxy: { http: front.proxyUrl, https: front.proxyUrl, noProxy: '' },
    },
    stop: async () => {
      await front.stop()
      await trap.stop()
    },
  }
}
