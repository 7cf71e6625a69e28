import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ClusterClient } from '../../cluster/cluster-client'
import { mergePatch } from '../../cluster/simulation'
import { isSameImage, newImage } from '../../storage-servers/registry/image'
import { pullImage } from '../../storage-servers/registry/pull-image'
import { applyConfig, conditionOf, getConfig, untilSettled } from '../config-status'
import { eventually } from '../eventually'
import { untilAvailable } from '../given-registry'
import type { OpenshiftCluster } from '../openshift-cluster'
import { type OperatorProcess, startOperator } from '../operator-process'
import { configPath } from '../registry-objects'
import {
  forgetLease,
  forgetRegistry,
  podsSecret,
  setNetwork,
  setPlatformStatus,
  setSecret,
} from './cloud-cluster'
import { replaceSpec, storageSpec, storageStatus } from './config-storage'
import type { LifeCycleBackend } from './life-cycle-backend'
import { takesAndGives, withRegistryPod } from './pushed-and-pulled'

const MAKES = 'imageregistry.operator.openshift.io/makes-storage'

/** The one thing that may be asked while nothing happens is a cheap read. */
const isCheapRead = ({ method }: Readonly<{ method: string }>): boolean =>
  method === 'GET' || method === 'HEAD'

export type LifeCycleOptions = Readonly<{
  title: string
  start: () => Promise<LifeCycleBackend>
  cluster: () => OpenshiftCluster
  /** For how long nothing is to be asked of a storage that is as it should be. */
  quietMs?: number
  /** What this storage does not show: what is asked of it, or settings that somebody could change. */
  without?: ReadonlyArray<'requests' | 'drift'>
}>

/** Waits until what is seen is what is expected; else says how they differ. */
const untilSeen = async (look: () => Promise<unknown>, expected: unknown): Promise<void> => {
  const isSeen = async (): Promise<true | undefined> => {
    try {
      expect(await look()).toEqual(expected)
      return true
    } catch {
      return undefined
    }
  }
  await eventually('the storage is as expected', isSeen, 30_000).catch(() => undefined)
  expect(await look()).toEqual(expected)
}

const untilCredentials = (client: ClusterClient, reason: string): Promise<true> =>
  eventually(`the credentials are ${reason}`, async () => {
    const condition = conditionOf(await getConfig(client), 'StorageCredentialsAccepted')
    return condition?.reason === reason ? true : undefined
  })

const untilRemoved = (client: ClusterClient): Promise<true> =>
  eventually('the registry is removed', async () => {
    const config = await getConfig(client)
    const isRemoved =
      conditionOf(config, 'Removed')?.status === 'True' &&
      conditionOf(config, 'Progressing')?.status === 'False'
    return isRemoved ? true : undefined
  })

/** All that a registry's storage goes through, from its making to its end, as everybody but the operator sees it. */
export const lifeCycle = ({
  title,
  start,
  cluster,
  quietMs = 5_000,
  without = [],
}: LifeCycleOptions): void => {
  describe(title, () => {
    let backend: LifeCycleBackend
    let operator: OperatorProcess | undefined
    let folder: string
    const image = newImage()
    // No test is skipped: what cannot be asked is no test.
    const itUnless = (what: 'requests' | 'drift') => (name: string, run: () => Promise<void>) => {
      if (!without.includes(what)) it(name, run)
    }
    const client = (): ClusterClient => cluster().client

    const begin = async (): Promise<void> => {
      operator = await startOperator({
        kubeconfigPath: cluster().operatorKubeconfigPath,
        env: {
          REGISTRY_BUILD: backend.registry.build,
          NODE_EXTRA_CA_CERTS: join(folder, 'authorities.pem'),
        },
      })
    }
    /** The operator looks at everything when it starts; otherwise some minutes later. */
    const restart = async (): Promise<void> => {
      await operator?.stop()
      await begin()
    }
    const settled = async (): Promise<void> => {
      await untilAvailable(client())
      await untilSettled(client())
    }
    const pulls = (): Promise<boolean> =>
      withRegistryPod(client(), backend, async (pod) =>
        isSameImage(image, await pullImage(pod, 'team/app:v1')),
      )

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'life-cycle-'))
      backend = await start()
      await writeFile(join(folder, 'authorities.pem'), backend.network?.authorities ?? '')
      await forgetRegistry(client())
      await setPlatformStatus(client(), backend.platform)
      await setNetwork(client(), backend.network)
      for (const object of backend.objects ?? []) {
        const { namespace = 'default' } = object.metadata
        await client().send('POST', `/api/v1/namespaces/${namespace}/configmaps`, object)
      }
      await setSecret(client(), backend.secret, backend.credentials)
      if (backend.spec !== undefined) await applyConfig(client(), backend.spec)
    })

    afterAll(async () => {
      await operator?.stop()
      await backend?.stop()
      await rm(folder, { recursive: true, force: true })
    })

    it('has a name in the Config before it is made, and is made by whoever comes after a crash', async () => {
      expect(await backend.look()).toEqual(backend.nothing)
      const { gate } = backend
      gate?.close()
      await begin()
      if (gate !== undefined) {
        await eventually('something is to be made', async () =>
          gate.held() > 0 ? true : undefined,
        )
        await operator?.kill()
        expect(await backend.look()).toEqual(backend.nothing)
        const config = await getConfig(client())
        const [kind = 'none', ...names] = (config.metadata.annotations?.[MAKES] ?? '').split('/')
        expect(names.length).toBeGreaterThan(0)
        expect(Object.values(storageSpec(config)[kind] ?? {})).toEqual(
          expect.arrayContaining(names),
        )
        gate.open()
        await forgetLease(client())
        await begin()
      }
      await settled()
    })

    it('is marked and as safe as can be, and the Config says so', async () => {
      const config = await getConfig(client())
      expect(await backend.look()).toEqual(backend.made(config))
      expect(storageSpec(config)).toMatchObject({ managementState: 'Managed' })
      expect(storageStatus(config)).toMatchObject({ managementState: 'Managed' })
      expect(conditionOf(config, 'StorageExists')?.status).toBe('True')
      expect(conditionOf(config, 'StorageCredentialsAccepted')?.status).toBe('True')
      expect(config.metadata.annotations?.[MAKES]).toBeUndefined()
    })

    itUnless('requests')('is left in peace while nothing happens', async () => {
      const requests = backend.requests ?? (() => [])
      const before = requests().length
      expect(before).toBeGreaterThan(0)
      await sleep(quietMs)
      const asked = requests().slice(before)
      expect(asked.filter((request) => !isCheapRead(request))).toEqual([])
      expect(asked.length).toBeLessThanOrEqual(1)
    })

    it('takes an image by the registry and gives it back', async () => {
      // Who pulls is not behind the proxy.
      if (backend.redirectAuthorities === undefined) {
        await replaceSpec(client(), { disableRedirect: true })
        await settled()
      }
      expect(
        await withRegistryPod(client(), backend, (pod) => takesAndGives(pod, 'team/app:v1', image)),
      ).toBe(true)
    })

    itUnless('drift')('is put right when somebody has changed it', async () => {
      const right = await backend.look()
      await backend.drift?.()
      expect(await backend.look()).not.toEqual(right)
      await restart()
      await untilSeen(backend.look, right)
    })

    it('is reached with new credentials once they are let in, and with the former ones until then', async () => {
      await settled()
      const first = await podsSecret(client())
      await setSecret(client(), backend.secret, backend.wrong)
      await untilCredentials(client(), 'Refused')
      expect(await podsSecret(client())).toEqual(first)
      expect(await pulls()).toBe(true)
      const next = (await backend.rotated?.()) ?? backend.credentials
      await setSecret(client(), backend.secret, next)
      await untilCredentials(client(), 'Accepted')
      await settled()
      const second = await podsSecret(client())
      if (backend.rotated === undefined) expect(second).toEqual(first)
      else expect(second).not.toEqual(first)
      expect(await pulls()).toBe(true)
    })

    it('goes with the registry, and nothing of it is left', async () => {
      await replaceSpec(client(), { managementState: 'Removed' })
      await untilRemoved(client())
      expect(await backend.look()).toEqual(backend.nothing)
      expect(storageStatus(await getConfig(client()))).toEqual({ managementState: 'Unmanaged' })
    })

    it('is made again when the registry comes back', async () => {
      await replaceSpec(client(), { managementState: 'Managed' })
      await settled()
      expect(await backend.look()).toEqual(backend.made(await getConfig(client())))
      expect(
        await withRegistryPod(client(), backend, (pod) =>
          takesAndGives(pod, 'team/other:v1', newImage([1000, 2000])),
        ),
      ).toBe(true)
      await replaceSpec(client(), { managementState: 'Removed' })
      await untilRemoved(client())
      expect(await backend.look()).toEqual(backend.nothing)
    })

    it('is left as it is when it is somebody else’s, and used', async () => {
      const own = await backend.own()
      const before = await own.look()
      await mergePatch(client(), configPath, { metadata: { annotations: own.annotations ?? {} } })
      await replaceSpec(client(), { managementState: 'Managed', storage: own.spec })
      await settled()
      const config = await getConfig(client())
      expect(storageSpec(config)).toMatchObject({ managementState: 'Unmanaged' })
      expect(
        await withRegistryPod(client(), backend, (pod) =>
          takesAndGives(pod, 'team/app:v2', newImage([1000, 2000])),
        ),
      ).toBe(true)
      const used = await own.look()
      expect(used.settings).toEqual(before.settings)
      expect(used.objects).toMatchObject(before.objects)
      expect(Object.keys(used.objects).length).toBeGreaterThan(Object.keys(before.objects).length)
      await replaceSpec(client(), { managementState: 'Removed' })
      await untilRemoved(client())
      // Whatever was to be removed would be removed in the background.
      await sleep(1_000)
      expect(await own.look()).toEqual(used)
    })
  })
}
