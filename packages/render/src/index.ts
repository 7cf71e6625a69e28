/**
 * The functional core: what should be, and what to do about it. Nothing here touches the world, knows the time or
 * throws dice; four of the six stages are here (decode, render, plan, status), and what `install` prints.
 */
export { configWarnings } from './decode/config-warnings'
export type { ConfigOrigin } from './decode/config-warnings'
export { decode } from './decode/decode'
export { keptObject } from './decode/kept-object'
export { redact } from './decode/redact'
export { decodeProblems } from './errors-text/decode-problems'
export { describeApplyError } from './errors-text/describe-apply-error'
export { describeRenderProblem } from './errors-text/describe-render-problem'
export { describeWithheld } from './errors-text/describe-withheld'
export { retry } from './errors-text/retry'
export { crds } from './install/crds/crds'
export { installManifests } from './install/install-manifests'
export { describeAction } from './plan/describe-action'
export { plan } from './plan/plan'
export { render } from './render'
export { status } from './status/status'
