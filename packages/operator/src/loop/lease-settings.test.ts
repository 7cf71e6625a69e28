import { expect, it } from 'vitest'

import { leaseSettings } from './lease-settings'

it('names the Lease that the original holds, for as long as OpenShift’s operators do', () => {
  expect(leaseSettings('me', false)).toEqual({
    namespace: 'openshift-image-registry',
    name: 'openshift-master-controllers',
    identity: 'me',
    leaseDurationMs: 137_000,
    renewDeadlineMs: 107_000,
    retryPeriodMs: 26_000,
  })
})

it('lasts longer where a single API server may be away for longer', () => {
  expect(leaseSettings('me', true)).toMatchObject({
    leaseDurationMs: 270_000,
    renewDeadlineMs: 240_000,
    retryPeriodMs: 60_000,
  })
})
