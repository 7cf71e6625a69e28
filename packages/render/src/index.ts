/**
 * The functional core: what should be, and what to do about it. Nothing here touches the world, knows the time or
 * throws dice; four of the six stages are here (decode, render, plan, status), and what `install` prints.
 */
export { configWarnings } from './decode/config-warnings'
export type { ConfigOrigin } from './decode/config-warnings'
export { decode } from './decode/decode'
export { redact } from './decode/redact'
export { describe } from './errors-text/describe'
export { describeApplyError } from './errors-text/describe-apply-error'
export { describeDecodeError } from './errors-text/describe-decode-error'
export { describeProblem } from './errors-text/describe-problem'
export { describeRenderProblem } from './errors-text/describe-render-problem'
export type { KnownError } from './errors-text/known-error'
export { retry } from './errors-text/retry'
export type { Retry } from './errors-text/retry'
export { crds } from './install/crds/crds'
export { installManifests } from './install/install-manifests'
export type { InstallOptions } from './install/install-options'
export { describeAction } from './plan/describe-action'
export { plan } from './plan/plan'
export { planSummary } from './plan/plan-summary'
export { render } from './render'
export { status } from './status/status'
