/**
 * Composition root and command line: the only package that knows all the others.
 * What is exported is for the project's own tests and demo; users have the command line.
 */
export { runCli } from './cli/run-cli'
export type { CliIo } from './cli/cli-io'
export { runOperator } from './cli/run-command'
export { configFromEnv } from './config-from-env'
export type { EnvConfig } from './config-from-env'
export { systemDeps } from './deps'
export type { DepsSettings, OperatorDeps } from './deps'
export { startOperator } from './loop/operator'
export type { Operator } from './loop/operator'
export { jsonLog } from './telemetry/logger'
export type { Log, LogSink } from './telemetry/logger'
export type { LogEvent, LogLevel } from './telemetry/log-event'
export { metrics } from './telemetry/metrics'
export type { Metrics } from './telemetry/metrics'
export { USER_AGENT, VERSION } from './version'
