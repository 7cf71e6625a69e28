/** The whole operator with everything that it gets from the world, for worlds that are made up. For tests only. */
export type { OperatorDeps } from '../deps'
export { type Operator, startOperator } from '../loop/operator'
export { redacted } from '../redacted'
export type { LogEvent } from '../telemetry/log-event'
export type { Metrics } from '../telemetry/metrics'
export { s3KeysSecret } from './credentials-secret'
export { configWith, openshiftObjects } from './openshift-objects'
export { TEST_RELEASE } from './recorded-io'
