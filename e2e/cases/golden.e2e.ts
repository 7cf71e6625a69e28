import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import { type ClusterClient, clusterClient, type KubeObject } from '../cluster/cluster-client'
import { type ControlPlane, startControlPlane } from '../cluster/control-plane'
import { loadManifests, openshiftFacts } from '../cluster/load-manifests'
import { objectPath, type ResourceKinds, resourceKinds } from '../cluster/resource-path'
import { applyConfig } from '../harness/config-status'
import { asYaml, installedObjects } from '../harness/installed-objects'
import { kindsOfOthers } from '../harness/kinds-of-others'
import { onEmptyDir } from '../harness/sample-specs'

const goldenFolder = join(import.meta.dirname, '../../packages/render/golden')

type Golden = Readonly<{ name: string; objects: ReadonlyArray<KubeObject> }>

const goldens: ReadonlyArray<Golden> = readdirSync(goldenFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => {
    const text = readFileSync(join(goldenFolder, name, 'desired.yaml'), 'utf8')
    const { objects } = parse(text) as Readonly<{ objects?: ReadonlyArray<KubeObject | string> }>
    // A text stands for an object that is written out in another case.
    return { name, objects: (objects ?? []).filter((object) => typeof object !== 'string') }
  })
  .filter(({ objects }) => objects.length > 0)

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** A Secret with some value where the digest of the value stands. */
const withValues = (object: KubeObject): KubeObject => {
  if (object.kind !== 'Secret') return object
  const data = Object.entries((object['data'] ?? {}) as Readonly<Record<string, string>>)
  // The API server looks whether this one is JSON.
  const values = data.map(([key, digest]) => [
    key,
    base64(key === '.dockerconfigjson' ? '{"auths":{}}' : digest),
  ])
  return { ...object, data: Object.fromEntries(values) }
}

let controlPlane: ControlPlane
let client: ClusterClient
let kinds: ResourceKinds

beforeAll(async () => {
  controlPlane = await startControlPlane({ controllers: false, auditLog: false })
  await loadManifests(controlPlane, openshiftFacts)
  await loadManifests(controlPlane, asYaml(kindsOfOthers))
  await loadManifests(controlPlane, asYaml(await installedObjects()), 'install')
  client = clusterClient(controlPlane.kubeconfigPath, 'e2e-test')
  // Some of what render wants are fields of a Config that is there.
  await applyConfig(client, onEmptyDir)
  kinds = resourceKinds(client)
})

afterAll(async () => {
  client?.close()
  await controlPlane?.stop()
})

/** Where an object is applied: what is wanted of a status goes there, and nothing else goes with it. */
const suffix = (object: KubeObject): string => (object['status'] === undefined ? '' : '/status')

/** What the API server has against an object; undefined if nothing. */
const refusalOf = async (object: KubeObject): Promise<string | undefined> => {
  const kind = await kinds(object)
  if (kind === undefined) return `${object.apiVersion} ${object.kind} is not served`
  const query = 'fieldManager=golden&force=true&dryRun=All&fieldValidation=Strict'
  const { code, body } = await client.request(
    'PATCH',
    `${objectPath(kind, object.metadata)}${suffix(object)}?${query}`,
    withValues(object),
    'application/apply-patch+yaml',
  )
  if (code < 300) return undefined
  const { message } = body as Readonly<{ message: string }>
  return `${object.kind} ${object.metadata.name}: ${code} ${message}`
}

describe('what render wants', () => {
  it('is there: the golden cases hold objects of every kind', () => {
    const found = new Set(goldens.flatMap(({ objects }) => objects.map(({ kind }) => kind)))
    expect([...found].sort()).toEqual([
      'BackendTLSPolicy',
      'Certificate',
      'ClusterOperator',
      'ClusterRole',
      'ClusterRoleBinding',
      'Config',
      'ConfigMap',
      'CronJob',
      'DaemonSet',
      'Deployment',
      'HTTPRoute',
      'Image',
      'ImagePruner',
      'Ingress',
      'Issuer',
      'Job',
      'NetworkPolicy',
      'PersistentVolumeClaim',
      'PodDisruptionBudget',
      'PrometheusRule',
      'Route',
      'Secret',
      'Service',
      'ServiceAccount',
      'ServiceMonitor',
    ])
  })

  it.each(goldens)('is accepted by a real API server: $name', async ({ objects }) => {
    const refusals = await Promise.all(objects.map(refusalOf))
    expect(refusals.filter((refusal) => refusal !== undefined)).toEqual([])
  })
})
