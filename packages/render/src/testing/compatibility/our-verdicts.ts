/** What the ClusterOperator says in the cases in which it says something else than with the original (see `verdictOf`). */
export const ourVerdicts: Readonly<Record<string, string>> = {
  'a-kind-of-storage-that-is-gone': 'F VerificationFailed / F Error / T VerificationFailed',
  'a-named-claim-for-one-node-with-a-rolling-update':
    'F DeploymentNotFound / T Error / T ClaimNeedsSingleWriter',
  'a-named-claim-for-one-node-with-two-replicas':
    'F DeploymentNotFound / T Error / T ClaimNeedsSingleWriter',
  'a-named-claim-for-one-node-without-a-strategy':
    'F DeploymentNotFound / T Error / T ClaimNeedsSingleWriter',
  'a-named-claim-for-one-pod': 'F DeploymentNotFound / T Error / T ClaimUnusable',
  'a-namespace-with-a-group-and-no-range': 'F DeploymentNotFound / T Error / T AnnotationMalformed',
  'a-negative-limit-on-reads': 'F VerificationFailed / F Error / T VerificationFailed',
  'a-negative-queue-of-writes': 'F VerificationFailed / F Error / T VerificationFailed',
  'a-new-cluster-on-openstack': 'F ObjectStoreUnknown / T ObjectStoreUnknown / F AsExpected',
  'a-new-cluster-on-openstack-with-swift':
    'F ObjectStoreUnknown / T ObjectStoreUnknown / F AsExpected',
  'a-new-cluster-on-openstack-without-swift':
    'F ObjectStoreUnknown / T ObjectStoreUnknown / F AsExpected',
  'a-pruner-with-a-schedule-that-is-none': 'F ImagePrunerError / F Ready / T ImagePrunerSyncError',
  'a-route-that-somebody-else-made': 'T Ready / T Error / T RouteNotOurs',
  'an-additional-authority-that-is-missing': 'T Ready / F Ready / F AsExpected',
  'an-observed-config-with-an-unknown-version':
    'F VerificationFailed / F Error / T VerificationFailed',
  'malformed-overrides': 'F VerificationFailed / F Error / T VerificationFailed',
  'no-management-state': 'F VerificationFailed / F Error / T VerificationFailed',
  'no-pull-secret': 'T Ready / F Ready / F AsExpected',
  'no-replicas': 'T ScaledToZero / F Ready / F AsExpected',
  'no-replicas-recreated': 'T ScaledToZero / F Ready / F AsExpected',
  'no-storage-where-the-default-is-a-claim': 'T Ready / F Ready / F AsExpected',
  's3-with-an-authority-that-is-missing': 'T Ready / F Ready / F AsExpected',
  'swift-with-a-container-of-ones-own': 'F DeploymentNotFound / T Error / F AsExpected',
  'swift-with-an-authority': 'F DeploymentNotFound / T Error / F AsExpected',
  'swift-without-a-container': 'F DeploymentNotFound / T Error / F AsExpected',
  'the-default-claim-of-somebody-else': 'F DeploymentNotFound / T Error / T ClaimNotOurs',
  'the-management-state-force': 'T Ready / F Ready / F AsExpected',
  'two-kinds-of-storage': 'F VerificationFailed / F Error / T VerificationFailed',
}
