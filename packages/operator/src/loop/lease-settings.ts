import type { LeaderElectionSettings } from '@image-registry-operator/apply'
import { names } from '@image-registry-operator/render/model'

type Durations = Pick<
  LeaderElectionSettings,
  'leaseDurationMs' | 'renewDeadlineMs' | 'retryPeriodMs'
>

// As OpenShift's operators: long enough to outlive a restart of the API server, longer where there is only one.
const HIGHLY_AVAILABLE: Durations = {
  leaseDurationMs: 137_000,
  renewDeadlineMs: 107_000,
  retryPeriodMs: 26_000,
}
const SINGLE_REPLICA: Durations = {
  leaseDurationMs: 270_000,
  renewDeadlineMs: 240_000,
  retryPeriodMs: 60_000,
}

/** The Lease that the original holds too, so that the two never work at the same time. */
export const leaseSettings = (
  identity: string,
  singleReplicaControlPlane: boolean,
): LeaderElectionSettings => ({
  namespace: names.REGISTRY_NAMESPACE,
  name: names.LEASE_NAME,
  identity,
  ...(singleReplicaControlPlane ? SINGLE_REPLICA : HIGHLY_AVAILABLE),
})
