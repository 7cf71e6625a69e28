// Takes the figures of docs/performance.md, and prints them as its table has them. Minutes, most of them waiting.
import { requestCounts } from '../cluster/requests'
import { untilSettled } from '../harness/config-status'
import { buildBundle } from '../harness/bundle'
import {
  OPERATOR_USER,
  type OpenshiftCluster,
  startOpenshiftCluster,
} from '../harness/openshift-cluster'
import { onEmptyDir } from '../harness/sample-specs'
import { forgetLease } from '../harness/storage/cloud-cluster'
import { untilSilent } from '../harness/until-silent'
import { type End, failoverTimes } from './failover-times'
import { startImageOperator } from './image-operator'
import { type ImageProgram, imageProgram } from './image-program'
import { restingMemoryOnKubernetes } from './plain-kubernetes'
import type { ProcessMemory } from './process-memory'
import { restingMemory } from './resting-memory'
import { median, startTimes } from './start-times'
import { CLOUDS } from './storages'

/** Memory is that of an operator that has asked for nothing in a minute. */
const SILENT_MS = 60_000
const STARTS = 9
/** The lease of a leader that was killed has to run out each time. */
const FAILOVERS: ReadonlyArray<readonly [End, number]> = [
  ['SIGTERM', 9],
  ['SIGKILL', 3],
]

const row = (what: string, measured: string): void => {
  process.stdout.write(`| ${what} | ${measured} |\n`)
}

const memoryRow = (what: string, memory: ProcessMemory): void => {
  const { resident, peak, anonymous, proportional } = memory
  const [all, most, own, shared] = [resident, peak, anonymous, proportional].map((megabytes) =>
    megabytes.toFixed(1),
  )
  row(
    `memory at rest, ${what}`,
    `${all} MB resident, at most ${most}; ${own} anonymous; ${shared} proportional`,
  )
}

const imageRows = ({ made, contents }: ImageProgram): void => {
  for (const { platform, size } of made.platforms)
    row(`image, ${platform}`, `${(size / 1e6).toFixed(1)} MB to fetch`)
  row('image, unpacked', `${contents.files} files, ${(contents.bytes / 1e6).toFixed(1)} MB`)
}

/** A start where all is right already. */
const requestsRow = async (image: ImageProgram, cluster: OpenshiftCluster): Promise<void> => {
  const from = new Date()
  const operator = startImageOperator(image, { kubeconfigPath: cluster.operatorKubeconfigPath })
  await untilSettled(cluster.client)
  const silence = { user: OPERATOR_USER, from, silentMs: 5_000 }
  const { total, watches, writes } = requestCounts(await untilSilent(cluster.controlPlane, silence))
  row(
    'requests of a start',
    `${total}, ${watches} of them watches, ${writes} writes; and the lease`,
  )
  await operator.stop()
}

const spread = (numbers: ReadonlyArray<number>, digits = 0): string =>
  `${median(numbers).toFixed(digits)} (${Math.min(...numbers).toFixed(digits)} to ${Math.max(...numbers).toFixed(digits)})`

const startRows = async (image: ImageProgram, cluster: OpenshiftCluster): Promise<void> => {
  const kubeconfigPath = cluster.operatorKubeconfigPath
  const times = await startTimes(image, { ...cluster, kubeconfigPath }, STARTS)
  row('start to the first watch', `${spread(times.map((time) => time.firstWatch))} ms`)
  row('  of it busy', `${spread(times.map((time) => time.processors))} ms of processors`)
  row('  `node -e 0` meanwhile', `${spread(times.map((time) => time.node))} ms`)
  const ratios = times.map(({ firstWatch, node }) => firstWatch / node)
  row('  times that', spread(ratios, 1))
}

/** A leader ends, and another one that waits takes over; both are processes of the bundle. */
const failoverRows = async (cluster: OpenshiftCluster): Promise<void> => {
  const place = { ...cluster, env: {} }
  for (const [end, count] of FAILOVERS) {
    await forgetLease(cluster.client)
    const times = await failoverTimes(place, { end, count, spec: onEmptyDir })
    row(`${end} to the leader until the next write`, `${spread(times)} ms, ${count} times`)
  }
}

const onOpenshift = async (image: ImageProgram): Promise<void> => {
  const cluster = await startOpenshiftCluster()
  try {
    memoryRow('a claim', await restingMemory(cluster, image, { silentMs: SILENT_MS }))
    await requestsRow(image, cluster)
    for (const [name, start] of CLOUDS) {
      const cloud = await start()
      memoryRow(name, await restingMemory(cluster, image, { silentMs: SILENT_MS, cloud }))
      await cloud.stop()
    }
    // At the end: who is killed leaves a lease behind.
    await startRows(image, cluster)
    await failoverRows(cluster)
  } finally {
    await cluster.stop()
  }
}

await buildBundle()
const image = await imageProgram(['linux/amd64', 'linux/arm64'])
try {
  imageRows(image)
  await onOpenshift(image)
  const onKubernetes = await restingMemoryOnKubernetes(image, { silentMs: SILENT_MS })
  memoryRow('S3 on plain Kubernetes, first start', onKubernetes)
} finally {
  await image.remove()
}
