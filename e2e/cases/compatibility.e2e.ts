import {
  acceptedDifferences,
  caseNames,
  compared,
  type CompatibilityCase,
  foundDifferences,
  loadCase,
  loadRecorded,
  normalised,
  ourVerdicts,
  verdictOf,
} from '@image-registry-operator/render/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { changeCase } from '../compatibility/change-case'
import { clearCluster } from '../compatibility/clear-cluster'
import { observedObjects } from '../compatibility/observed-objects'
import { untilQuiet } from '../compatibility/until-quiet'
import { type OpenshiftCluster, startOpenshiftCluster } from '../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../harness/operator-process'
import { clusterOperatorPath } from '../harness/registry-objects'

const quiet = { quietMs: 1_500, timeoutMs: 40_000 }

/** Where an operator comes to the end of what is asked of it; what it leaves unfinished depends on what was before. */
const isAnEnd = (name: string): boolean =>
  /^T \w+ \/ F \w+ \/ F AsExpected$/.test(ourVerdicts[name] ?? verdictOf(loadRecorded(name)))

const all = caseNames().map(loadCase)
const bootstraps = all.filter(({ config }) => config === null)
const others = all.filter(({ config, name }) => config !== null && isAnEnd(name))
/** All that begin without a Config, and between them every second of the others. */
const walk = others
  .filter((_, index) => index % 2 === 0)
  .flatMap((given, index) => [given, ...bootstraps.slice(index, index + 1)])

let cluster: OpenshiftCluster
let operator: OperatorProcess | undefined
let before: CompatibilityCase | undefined

beforeAll(async () => {
  cluster = await startOpenshiftCluster({ definitions: 'openshift-api' })
  await clearCluster(cluster.client)
  // Installed with more in it than the operator writes.
  await cluster.client.request('DELETE', clusterOperatorPath)
}, 300_000)

afterAll(async () => {
  await operator?.stop()
  await cluster.stop()
})

const started = (): Promise<OperatorProcess> =>
  startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })

const unexpected = async (given: CompatibilityCase): Promise<ReadonlyArray<string>> => {
  const { client } = cluster
  await changeCase(cluster, before, given)
  before = given
  operator ??= await started()
  const isQuiet = await untilQuiet(client, quiet)
  const ours = normalised(await observedObjects(client, given.facts), given)
  const found = foundDifferences(loadRecorded(given.name), ours)
  const lines = compared(acceptedDifferences, given.name, found).unexpected
  return isQuiet ? lines : [`${given.name} does not come to rest`, ...lines]
}

describe('one operator, taken from case to case, leaves what the original started with each left', () => {
  it('has enough of them to go through', () => {
    expect(walk.length).toBeGreaterThan(60)
  })

  it.each(walk.map((given) => [given.name, given] as const))('%s', async (name, given) => {
    const start = Date.now()
    const lines = await unexpected(given).catch((error: unknown) => [String(error)])
    console.log(lines.map((l) => 'DIFF ' + l).join('\n'))
    console.log(`${name}: ${((Date.now() - start) / 1000).toFixed(1)} s`)
    expect(lines).toEqual([])
  })
})
