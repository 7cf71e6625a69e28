import type { ApplyError, DecodeError, RenderProblem } from '../model'

/** Every failure that an administrator can meet. */
export type KnownError = ApplyError | DecodeError | RenderProblem
