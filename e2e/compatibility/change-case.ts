import { isDeepStrictEqual } from 'node:util'

import {
  type CompatibilityCase,
  fieldAt,
  type Fields,
  identityOf,
} from '@image-registry-operator/render/testing'

import { type ClusterClient, isRequestError, type KubeObject } from '../cluster/cluster-client'
import type { ControlPlane } from '../cluster/control-plane'
import { loadManifests } from '../cluster/load-manifests'
import { objectPath, resourceKinds } from '../cluster/resource-path'
import { mergePatch } from '../cluster/simulation'
import { eventually } from '../harness/eventually'
import { asYaml } from '../harness/installed-objects'

const group = '/apis/imageregistry.operator.openshift.io/v1'

type Asked = 'configs' | 'imagepruners'

const found = async (client: ClusterClient, path: string): Promise<KubeObject | undefined> => {
  const { code, body } = await client.request('GET', path)
  // Whatever the API server returns from such a path is an object.
  return code === 200 ? (body as KubeObject) : undefined
}

/** Whoever deletes it gets a new one from the operator, if that knows what to put into it. */
const reset = async (client: ClusterClient, asked: Asked): Promise<void> => {
  const path = `${group}/${asked}/cluster`
  const before = await found(client, path)
  if (before === undefined) return
  await client.send('DELETE', path)
  await eventually(`the end of ${asked}`, async () =>
    (await found(client, path))?.metadata.uid === before.metadata.uid ? undefined : true,
  )
}

const kinds: Readonly<Record<Asked, string>> = { configs: 'Config', imagepruners: 'ImagePruner' }

const put = async (client: ClusterClient, asked: Asked, spec: Fields): Promise<boolean> => {
  const path = `${group}/${asked}/cluster`
  const live = await found(client, path)
  const identity = { kind: kinds[asked], metadata: { name: 'cluster' } }
  try {
    if (live === undefined) {
      const apiVersion = 'imageregistry.operator.openshift.io/v1'
      await client.send('POST', `${group}/${asked}`, { apiVersion, ...identity, spec })
    } else await client.send('PUT', path, { ...live, spec })
    return true
  } catch (error) {
    // The operator was faster.
    if (isRequestError(error) && error.code === 409) return false
    throw error
  }
}

const ask = async (client: ClusterClient, asked: Asked, spec: Fields | null): Promise<void> => {
  if (spec === null) return reset(client, asked)
  await eventually(`a write of ${asked}`, async () =>
    (await put(client, asked, spec)) ? true : undefined,
  )
}

/** Namespaces and nodes stay, and have more in them than a case says. */
const staying = ['Namespace', 'Node']

/** Its status is the operator's. */
const isReported = ({ kind, status }: KubeObject): boolean =>
  kind !== 'Image' && status !== undefined

/** Writes a fact as a whole: of what an earlier case said of it nothing is left. */
const replace = async (
  client: ClusterClient,
  path: string,
  fact: KubeObject,
  hasStatus: boolean,
): Promise<void> => {
  const live = await found(client, path)
  const { labels = {}, annotations = {} } = fact.metadata
  const body = { ...fact, metadata: { ...live?.metadata, ...fact.metadata, labels, annotations } }
  const stands =
    live === undefined
      ? await client.send('POST', path.slice(0, path.lastIndexOf('/')), body)
      : await client.send('PUT', path, body)
  if (!hasStatus || !isReported(fact)) return
  await client.send('PUT', `${path}/status`, { ...stands, status: fact['status'] })
}

type Step = Readonly<{ controlPlane: Pick<ControlPlane, 'kubeconfigPath'>; client: ClusterClient }>

const volumes = '/api/v1/persistentvolumes'

/** Makes volumes whose claims are gone into new ones. */
const freeVolumes = async (client: ClusterClient): Promise<void> => {
  const released = (await client.list(volumes)).filter(
    ({ status }) => fieldAt(status, 'phase') === 'Released',
  )
  await Promise.all(
    released.map(async ({ metadata }) => {
      try {
        await mergePatch(client, `${volumes}/${metadata.name}`, { spec: { claimRef: null } })
      } catch (error) {
        // One that was taken away with its case goes when its claim has gone.
        if (!isRequestError(error) || error.code !== 404) throw error
      }
    }),
  )
}

const establish = async (
  { controlPlane, client }: Step,
  facts: ReadonlyArray<KubeObject>,
): Promise<void> => {
  await freeVolumes(client)
  await loadManifests(controlPlane, asYaml(facts.filter(({ kind }) => staying.includes(kind))))
  const kindOf = resourceKinds(client)
  for (const fact of facts.filter((each) => !staying.includes(each.kind))) {
    const kind = await kindOf(fact)
    if (kind === undefined) throw new Error(`${fact.kind} is not served`)
    await replace(client, objectPath(kind, fact.metadata), fact, kind.hasStatus)
  }
}

const takeAway = async (client: ClusterClient, facts: ReadonlyArray<KubeObject>): Promise<void> => {
  const kindOf = resourceKinds(client)
  for (const fact of facts) {
    const kind = await kindOf(fact)
    if (kind === undefined) continue
    const path = objectPath(kind, fact.metadata)
    await client.request('DELETE', path)
    // A volume stays for as long as a claim does.
    if (fact.kind === 'PersistentVolume') continue
    await eventually(`${path} to go`, async () =>
      (await found(client, path)) === undefined ? true : undefined,
    )
  }
}

const isSame = (fact: KubeObject) => (other: KubeObject) => isDeepStrictEqual(fact, other)

/**
 * Brings a cluster from one case to another while the operator runs: first what is in the cluster, then what is asked for,
 * each in one write, then away with what is no longer there. The operator sees all the steps between.
 */
export const changeCase = async (
  step: Step,
  before: CompatibilityCase | undefined,
  { facts, config, imagePruner }: CompatibilityCase,
): Promise<void> => {
  const { client } = step
  const former = before?.facts ?? []
  await establish(
    step,
    facts.filter((fact) => !former.some(isSame(fact))),
  )
  // One that the operator has made itself is the one that it would make again.
  if (imagePruner !== null || before?.imagePruner !== null) {
    await ask(client, 'imagepruners', imagePruner)
  }
  await ask(client, 'configs', config)
  const left = facts.map(identityOf)
  await takeAway(
    client,
    former.filter((fact) => !staying.includes(fact.kind) && !left.includes(identityOf(fact))),
  )
}
