import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { isWrite, requestsOf, requestSummary } from '../cluster/requests'
import { applyConfig, untilSettled } from '../harness/config-status'
import {
  OPERATOR_USER,
  type OpenshiftCluster,
  startOpenshiftCluster,
} from '../harness/openshift-cluster'
import { type OperatorProcess, startOperator } from '../harness/operator-process'
import { onDefaultClaim } from '../harness/sample-specs'

/** Ten minutes with the ten-minute resync in them, and a little more. */
const OBSERVED_MS = 10 * 60_000 + 20_000
/** What convergence itself may still send when all is well: Events, and the numbers of the last pods. */
const SETTLE_MS = 3_000

let cluster: OpenshiftCluster
let operator: OperatorProcess

beforeAll(async () => {
  cluster = await startOpenshiftCluster()
  operator = await startOperator({ kubeconfigPath: cluster.operatorKubeconfigPath })
  await applyConfig(cluster.client, onDefaultClaim)
  await untilSettled(cluster.client)
  await sleep(SETTLE_MS)
})

afterAll(async () => {
  await operator?.stop()
  await cluster?.stop()
})

describe('a registry that is as it should be', () => {
  it(
    'costs no request in ten minutes but the renewal of the lease, and no line in the log',
    async () => {
      const from = new Date()
      const lines = operator.log().length
      await sleep(OBSERVED_MS)
      const requests = requestsOf(await cluster.controlPlane.auditEvents(), {
        user: OPERATOR_USER,
        from,
      })
      const leases = requests.filter(({ objectRef }) => objectRef?.resource === 'leases')
      const others = requests.filter(({ objectRef }) => objectRef?.resource !== 'leases')
      process.stdout.write(`steady state: ${JSON.stringify(requestSummary(requests))}\n`)
      expect(requestSummary(others)).toEqual([])
      expect(leases.every(isWrite)).toBe(true)
      // Renewed every 26 seconds: 23 times, give or take one.
      expect(leases.length).toBeGreaterThanOrEqual(21)
      expect(leases.length).toBeLessThanOrEqual(26)
      expect(operator.log().slice(lines)).toEqual([])
    },
    OBSERVED_MS + 120_000,
  )
})
