import type { JsonObject } from '@image-registry-operator/render/model'

/** What came back instead of what was asked for. */
export type GoogleFailure =
  /** A status other than 2xx. `answer` is empty where its body is no JSON object. */
  | {
      readonly _tag: 'Refused'
      readonly status: number
      readonly answer: JsonObject
      /** How long to wait before the next attempt; 0: nothing was said of it. */
      readonly retryAfterMs: number
    }
  /** A 2xx whose body ends early, or is not JSON. */
  | { readonly _tag: 'Unreadable'; readonly host: string }
  /** `why` is a code such as `ECONNRESET`, or `timeout`. */
  | { readonly _tag: 'NoAnswer'; readonly host: string; readonly why: string }

/** A failure in the form in which promises fail. */
export type FailedRequest = Error & { readonly failure: GoogleFailure }

/** The form in which promises fail. */
export const failedRequest = (failure: GoogleFailure): FailedRequest =>
  Object.assign(new Error(failure._tag), { failure })

/** Whether it is one of ours; anything else is a mistake in the program. */
export const isFailedRequest = (cause: unknown): cause is FailedRequest =>
  cause instanceof Error && 'failure' in cause
