/** Names of what `install` makes; the same as those of the original, so that one can take the other's place. */
export const OPERATOR_NAME = 'cluster-image-registry-operator'
export const OPERATOR_BINDING_NAME = 'default-account-cluster-image-registry-operator'
/** Health and metrics, plain HTTP. */
export const HEALTH_PORT = 8080
