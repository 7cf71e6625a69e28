import type { ApplyError } from '@image-registry-operator/render/model'

/** A patch tests what it replaces; a failed test is no fault of ours but a sign that somebody was faster. */
export const changedMeanwhile = (error: ApplyError): ApplyError =>
  error._tag === 'Invalid' ? { ...error, _tag: 'Conflict' } : error
