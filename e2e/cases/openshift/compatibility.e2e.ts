import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  acceptedDifferences,
  caseNames,
  compared,
  type CompatibilityCase,
  type FoundDifference,
  foundDifferences,
  loadCase,
  loadRecorded,
  normalised,
  ourVerdicts,
  pastDifferences,
  verdictOf,
} from '@image-registry-operator/render/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { changeCase } from '../../compatibility/change-case'
import { clearCluster } from '../../compatibility/clear-cluster'
import { observedObjects } from '../../compatibility/observed-objects'
import { untilQuiet } from '../../compatibility/until-quiet'
import { type OpenshiftCluster, startOpenshiftCluster } from '../../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../../harness/operator-process'
import { clusterOperatorPath } from '../../harness/registry-objects'

const quiet = { quietMs: 1_500, timeoutMs: 40_000 }

/** Where an operator comes to the end of what is asked of it; what it leaves unfinished depends on what was before. */
const isAnEnd = (name: string): boolean =>
  !name.endsWith('-authority-that-is-missing') &&
  /^T \w+ \/ F \w+ \/ F AsExpected$/.test(ourVerdicts[name] ?? verdictOf(loadRecorded(name)))

const OUTSIDE = ['s3', 'gcs', 'azure', 'swift', 'ibmcos']

/**
 * Whether images are kept where no cloud has to answer. The original looked once, and not at every cloud; the operator
 * waits for its storage. What it does with clouds that answer, the stories of storage tell.
 */
const asksNoCloud = ({ config }: CompatibilityCase): boolean => {
  const storage: unknown = config?.['storage']
  return (
    config?.['managementState'] !== 'Managed' ||
    typeof storage !== 'object' ||
    storage === null ||
    !OUTSIDE.some((backend) => Object.hasOwn(storage, backend))
  )
}

/** What the definitions of openshift/api do not admit into a cluster. */
const unknownThere = [
  'a-new-cluster-on-an-unknown-platform',
  'a-new-cluster-with-two-control-planes',
  'the-tls-profile-of-an-empty-type',
  'the-tls-profile-of-an-unknown-type',
]

const all = caseNames()
  .filter((name) => !unknownThere.includes(name))
  .map(loadCase)
const bootstraps = all.filter(({ config }) => config === null)
const others = all.filter(
  (given) => given.config !== null && isAnEnd(given.name) && asksNoCloud(given),
)

/**
 * Every second of those that have a Config, and after two of them one that has none: it is deleted there. Whoever deletes
 * what the operator makes more than ten times a minute is made to wait for it.
 */
const walk = others
  .filter((_, index) => index % 2 === 0)
  .flatMap((given, index) => [
    given,
    ...(index % 2 === 0 ? [] : bootstraps.slice(index >> 1, (index >> 1) + 1)),
  ])

let cluster: OpenshiftCluster
let folder: string
let operator: OperatorProcess | undefined
let before: CompatibilityCase | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compatibility-'))
  cluster = await startOpenshiftCluster({ definitions: 'openshift-api', nodeCount: 6 })
  await clearCluster(cluster.client)
  // Installed with more in it than the operator writes.
  await cluster.client.request('DELETE', clusterOperatorPath)
}, 300_000)

afterAll(async () => {
  await operator?.stop()
  await cluster.stop()
  await rm(folder, { recursive: true })
})

const started = (): Promise<OperatorProcess> =>
  startOperator({
    kubeconfigPath: cluster.operatorKubeconfigPath,
    env: { AZURE_ENVIRONMENT_FILEPATH: join(folder, 'endpoints') },
  })

const claim =
  '/api/v1/namespaces/openshift-image-registry/persistentvolumeclaims/image-registry-storage'

/** Nobody but an administrator deletes images because others are kept elsewhere now. */
const withoutOldClaim = async (found: ReadonlyArray<FoundDifference>): Promise<void> => {
  const isLeft = found.some(
    ({ object, path, theirs }) =>
      object.endsWith('/image-registry-storage') && path === '' && theirs === undefined,
  )
  if (isLeft) await cluster.client.request('DELETE', claim)
}

const unexpected = async (given: CompatibilityCase): Promise<ReadonlyArray<string>> => {
  const { client } = cluster
  await changeCase(cluster, before, given)
  before = given
  operator ??= await started()
  const isQuiet = await untilQuiet(client, quiet)
  const ours = normalised(await observedObjects(client, given.facts), given)
  const found = foundDifferences(loadRecorded(given.name), ours)
  const lines = compared([...acceptedDifferences, ...pastDifferences], given.name, found).unexpected
  await withoutOldClaim(found)
  return isQuiet ? lines : [`${given.name} does not come to rest`, ...lines]
}

describe('one operator, taken from case to case, leaves what the original started with each left', () => {
  it('has enough of them to go through', () => {
    expect(walk.length).toBeGreaterThan(60)
  })

  it.each(walk.map((given) => [given.name, given] as const))('%s', async (name, given) => {
    const start = Date.now()
    const lines = await unexpected(given)
    const seconds = ((Date.now() - start) / 1000).toFixed(1)
    console.log([`${name}: ${seconds} s`, ...lines].join('\n'))
    expect(lines).toEqual([])
  })
})
