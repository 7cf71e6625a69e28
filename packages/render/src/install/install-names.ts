import { names } from '../model'

/** Names of what `install` makes; the same as those of the original, so that one can take the other's place. */
export const OPERATOR_NAME = 'cluster-image-registry-operator'
export const OPERATOR_BINDING_NAME = 'default-account-cluster-image-registry-operator'
/** The Service through which the operator's metrics are asked for, and what monitors it. */
export const OPERATOR_SERVICE_NAME = names.OPERATOR_METRICS_NAME
/** OpenShift puts the certificate of that Service into it. */
export const OPERATOR_TLS_SECRET = 'image-registry-operator-tls'
/** How the operator serves its metrics; OpenShift puts the TLS settings of the cluster into it. */
export const OPERATOR_CONFIG_MAP = 'image-registry-operator-config'

/** Where OpenShift's monitoring runs, and as whom it asks for metrics. */
export const MONITORING_NAMESPACE = 'openshift-monitoring'
export const MONITORING_SERVICE_ACCOUNT = 'prometheus-k8s'

/** Metrics and health over HTTPS, on OpenShift. */
export const METRICS_PORT = 60000
/** Metrics and health over plain HTTP, where nobody issues certificates. */
export const HEALTH_PORT = 8080
/** The port that metrics are asked for at, on either platform. */
export const METRICS_PORT_NAME = names.METRICS_PORT_NAME
