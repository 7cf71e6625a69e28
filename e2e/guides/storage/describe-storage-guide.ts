import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'

import { loadManifests } from '../../cluster/load-manifests'
import { untilObject } from '../../cluster/until-object'
import { untilComplete } from '../../harness/config-status'
import { startOperator } from '../../harness/operator-process'
import { configPath } from '../../harness/registry-objects'
import { describeGuide } from '../describe-guide'
import type { GuideWorld, Platform } from '../guide-world'
import type { StorageCluster } from './storage-cluster'
import { stopAll, type Stoppable, type StoragePlace } from './storage-place'

export type StorageGuideOptions = Readonly<{
  /** Of the platform that the guide is followed on. */
  cluster: () => StorageCluster
  /** Where the cluster is to run. */
  start: () => Promise<StoragePlace>
}>

/** On a machine that is busy with something else. */
const PATIENCE_MS = 180_000

type Begun = Readonly<{ world: GuideWorld; place: StoragePlace; stop: () => Promise<void> }>

/** How whoever is not in the cluster gets to the clouds, too. */
const throughNetwork = (
  { network }: StoragePlace,
  authorities: string,
): Readonly<Record<string, string>> =>
  network === undefined
    ? {}
    : {
        HTTPS_PROXY: network.proxyUrl,
        HTTP_PROXY: network.proxyUrl,
        NO_PROXY: '127.0.0.1,localhost',
        NODE_EXTRA_CA_CERTS: authorities,
        CURL_CA_BUNDLE: authorities,
      }

/** On OpenShift the operator has made a Config, or will, long before anybody follows a guide. */
const untilBegun = async ({ kind, client }: StorageCluster, place: StoragePlace): Promise<void> => {
  if (place.hasRegistry === true) await untilComplete(client)
  if (kind === 'openshift') await untilObject(client, configPath, () => true, PATIENCE_MS)
}

const writeFiles = async (
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> => {
  await mkdir(folder)
  const written = Object.entries(files).map(async ([name, text]) => {
    await writeFile(join(folder, name), text)
    return [name, join(folder, name)] as const
  })
  return Object.fromEntries(await Promise.all(written))
}

/** Puts the cluster into a place, and starts the operator there. */
const begin = async (cluster: StorageCluster, place: StoragePlace): Promise<Begun> => {
  const folder = await mkdtemp(join(tmpdir(), 'storage-guide-'))
  const { controlPlane, operatorKubeconfigPath: kubeconfigPath, operatorVariables } = cluster
  const authorities = join(folder, 'authorities.pem')
  await writeFile(authorities, place.network?.authorities ?? '')
  await cluster.moveTo(place)
  if (place.objects !== undefined) await loadManifests(controlPlane, place.objects)
  const others = await place.begin?.(controlPlane)
  const operator = await startOperator({
    kubeconfigPath,
    env: { ...operatorVariables, NODE_EXTRA_CA_CERTS: authorities },
  })
  await untilBegun(cluster, place)
  const files: Stoppable = { stop: () => rm(folder, { recursive: true, force: true }) }
  return {
    place,
    stop: stopAll(files, place, ...(others === undefined ? [] : [others]), operator),
    world: {
      kubeconfigPath: controlPlane.kubeconfigPath,
      kubectlPath: controlPlane.kubectlPath,
      env: { ...throughNetwork(place, authorities), ...place.variables },
      files: await writeFiles(join(folder, 'files'), place.files ?? {}),
    },
  }
}

const isThere = <A>(value: A | undefined): A => {
  if (value === undefined) throw new Error('It has not been started.')
  return value
}

/** Follows a guide about storage where a cluster runs that needs it, with an operator of its own. */
export const describeStorageGuide = (
  path: string,
  platform: Platform,
  { cluster, start }: StorageGuideOptions,
): void => {
  describe(path, () => {
    let begun: Begun | undefined

    beforeAll(async () => {
      begun = await begin(cluster(), await start())
    })

    afterAll(async () => {
      await begun?.stop()
    })

    describeGuide(path, platform, {
      world: () => isThere(begun).world,
      after: async () => {
        await isThere(begun).place.look(cluster().client)
      },
    })
  })
}
