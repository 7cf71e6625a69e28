export const said = (...types: ReadonlyArray<string>): ReadonlyArray<string> =>
  types.flatMap((type) => [
    `Config/cluster status.conditions[${type}].*`,
    `ClusterOperator/image-registry status.conditions[${type}].*`,
  ])

/** What the registry consists of, in the order in which it is applied. */
export const beforeItsPods = [
  'ClusterRole/system:registry',
  'ClusterRoleBinding/registry-registry-role',
  'ServiceAccount/registry',
  'Secret/installation-pull-secrets',
  'Service/image-registry',
]

export const behindItsPods = [
  'PodDisruptionBudget/image-registry',
  'NetworkPolicy/image-registry-networkpolicy',
]

/** What follows from there being a Service. */
export const pruning =
  'CronJob/image-pruner spec.jobTemplate.spec.template.spec.containers[image-pruner].args'

export const followingTheService = [
  'ConfigMap/image-registry-ca data',
  'ConfigMap/image-registry-certificates data',
  'Image/cluster status.internalRegistryHostname',
]

/** What follows from there being a Deployment. */
export const followingTheDeployment = [
  'Config/cluster status.generations[image-registry]',
  'Config/cluster status.readyReplicas',
]

/** What the original does to buckets of its own, and says of them. */
export const aboutBuckets = [
  'Config/cluster status.conditions[StorageEncrypted]',
  'Config/cluster status.conditions[StorageIncompleteUploadCleanupEnabled]',
  'Config/cluster status.conditions[StoragePublicAccessBlocked]',
  'Config/cluster status.conditions[StorageTagged]',
]
