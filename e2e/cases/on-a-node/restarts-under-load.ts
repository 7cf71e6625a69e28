import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ClusterClient } from '../../cluster/cluster-client'
import { conditionOf, getConfig, untilComplete } from '../../harness/config-status'
import { replacePod, untilPodReady } from '../../harness/pods'
import { COMPLETE_MS, type ServedRegistry } from '../../harness/served-registry'
import { notPulledBack, startSteadyLoad, type SteadyLoad } from '../../harness/steady-load'

/** Who is struck, and how; each has recovered, as far as it can tell itself, when that resolves. */
const blows: Readonly<Record<string, (served: ServedRegistry) => Promise<unknown>>> = {
  "the operator's pod was deleted": ({ client }) => replacePod(client, 'operator'),
  "the registry's only pod was deleted": ({ client }) => replacePod(client, 'registry'),
  'the kubelet was killed': async ({ cluster: { node } }) => {
    await node.kubelet.kill()
    await node.kubelet.start()
  },
  'the API server was restarted': ({ cluster }) => cluster.controlPlane.apiServer.restart(),
}

/** The one after which requests may fail, and be tried again: there is nobody to answer them. */
const LEAVES_NOBODY = "the registry's only pod was deleted"

const uidOfRegistry = async (client: ClusterClient): Promise<string | undefined> =>
  (await untilPodReady(client, 'registry')).metadata.uid

const degradedSince = async (client: ClusterClient): Promise<string | undefined> =>
  conditionOf(await getConfig(client), 'Degraded')?.lastTransitionTime

/** Tells of a registry that is struck again and again while it is at work. */
export const tellOfRestarts = (storage: string, start: () => Promise<ServedRegistry>): void => {
  let served: ServedRegistry
  let load: SteadyLoad
  let wellSince: string | undefined

  beforeAll(async () => {
    served = await start()
    wellSince = await degradedSince(served.client)
    load = startSteadyLoad(served.registry, { repository: 'load/app' })
    await load.untilOnward()
  })

  afterAll(async () => {
    await load?.stop()
    await served?.stop()
  })

  describe(`a registry on ${storage}, under a steady load`, () => {
    it.each(Object.entries(blows))('goes on after %s', async (name, strike) => {
      const { client, configure } = served
      const before = await uidOfRegistry(client)
      const failedBefore = load.failures().length
      await strike(served)
      // That the operator sees it shows that it is at work again; no pod is replaced because of it.
      await configure({ operatorLogLevel: load.done().pushes % 2 === 0 ? 'Debug' : 'Trace' })
      await untilComplete(client, COMPLETE_MS)
      await load.untilOnward()
      const failures = load.failures().slice(failedBefore)
      if (name === LEAVES_NOBODY) {
        expect(await uidOfRegistry(client)).not.toBe(before)
        // Whoever got an answer, got the right one.
        expect(failures.filter(({ what, isAnswer }) => what === 'pull' && isAnswer)).toEqual([])
      } else {
        expect(await uidOfRegistry(client)).toBe(before)
        expect(failures).toEqual([])
      }
    })

    it('gives back every image that it has taken, whole', async () => {
      await load.stop()
      expect(load.taken().length).toBeGreaterThan(2 * Object.keys(blows).length)
      expect(await notPulledBack(served.registry, load.taken())).toEqual([])
    })

    it('was not for a moment said to be degraded', async () => {
      expect(conditionOf(await getConfig(served.client), 'Available')?.status).toBe('True')
      const degraded = served.turns.all().filter(({ type }) => type === 'Degraded')
      expect(new Set(degraded.map(({ status }) => status))).toEqual(new Set(['False']))
      // While the API server was away, nobody watched.
      expect(await degradedSince(served.client)).toBe(wellSince)
    })
  })
}
