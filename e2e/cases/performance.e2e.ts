import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { requestCounts, requestSummary } from '../cluster/requests'
import { untilSettled } from '../harness/config-status'
import {
  OPERATOR_USER,
  type OpenshiftCluster,
  startOpenshiftCluster,
} from '../harness/openshift-cluster'
import { forgetLease } from '../harness/storage/cloud-cluster'
import { untilSilent } from '../harness/until-silent'
import { startImageOperator } from '../performance/image-operator'
import { type ImageProgram, imageProgram } from '../performance/image-program'
import { restingMemoryOnKubernetes } from '../performance/plain-kubernetes'
import { restingMemory } from '../performance/resting-memory'
import { median, startTimes } from '../performance/start-times'
import { azureCloud, s3Cloud } from '../performance/storages'

/** MB: millions of bytes. */
const MAX_RESIDENT = 90
/** Nothing follows once nothing was asked for that long, but the garbage collection that makes it less. */
const SILENT_MS = 4_000

const STARTS = 5
/** Node itself takes about 40 ms on a machine that has nothing else to do: there, a second is 25 times that. */
const MAX_TIMES_NODE = 25

let cluster: OpenshiftCluster
let image: ImageProgram

beforeAll(async () => {
  image = await imageProgram()
  cluster = await startOpenshiftCluster()
})

afterAll(async () => {
  await cluster?.stop()
  await image?.remove()
})

const told = (what: string, value: unknown): void => {
  process.stdout.write(`performance: ${what}: ${JSON.stringify(value)}\n`)
}

describe(`the operator of the image, at rest, has less than ${MAX_RESIDENT} MB in memory`, () => {
  // The smallest and the largest; `pnpm performance` has them all.
  it.each([
    ['S3', s3Cloud],
    ['Azure', azureCloud],
  ])('with the library for %s, which it has made the storage with', async (name, start) => {
    const cloud = await start()
    try {
      const memory = await restingMemory(cluster, image, { silentMs: SILENT_MS, cloud })
      told(name, memory)
      expect(memory.resident).toBeLessThan(MAX_RESIDENT)
    } finally {
      await cloud.stop()
    }
  })

  it('on plain Kubernetes, with the libraries for S3, for certificates and for passwords', async () => {
    const memory = await restingMemoryOnKubernetes(image, { silentMs: SILENT_MS })
    told('plain Kubernetes', memory)
    expect(memory.resident).toBeLessThan(MAX_RESIDENT)
  })
})

describe('a start of the operator where all is right', () => {
  it('asks for each collection once, and writes nothing but its lease', async () => {
    await restingMemory(cluster, image, { silentMs: SILENT_MS })
    const from = new Date()
    const operator = startImageOperator(image, { kubeconfigPath: cluster.operatorKubeconfigPath })
    try {
      await untilSettled(cluster.client)
      const silence = { user: OPERATOR_USER, from, silentMs: SILENT_MS }
      const requests = await untilSilent(cluster.controlPlane, silence)
      told('requests at start', requestCounts(requests))
      const watches = requests.filter(({ verb }) => verb === 'watch')
      expect(new Set(watches.map(({ requestURI }) => requestURI)).size).toBe(watches.length)
      expect(watches.length).toBeGreaterThan(20)
      const others = requests.filter(({ verb }) => verb !== 'watch')
      expect(requestSummary(others)).toEqual(['1 × get /apis 200'])
    } finally {
      await operator.stop()
    }
  })

  it(`sends its first watch within ${MAX_TIMES_NODE} times what Node takes to start`, async () => {
    const starting = { ...cluster, kubeconfigPath: cluster.operatorKubeconfigPath }
    const times = await startTimes(image, starting, STARTS)
    await forgetLease(cluster.client)
    told('starts', times)
    expect(median(times.map(({ firstWatch, node }) => firstWatch / node))).toBeLessThan(
      MAX_TIMES_NODE,
    )
  })
})

describe("the operator's image", () => {
  it('holds what it needs and little else', () => {
    told('image', { ...image.contents, platforms: image.made.platforms })
    expect(image.contents.files).toBeLessThan(100)
  })
})
