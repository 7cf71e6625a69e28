import type { ApplyError } from '../model'

/** When trying again can help. */
type Retry =
  /** At once, with the back-off of whoever tries. */
  | { readonly _tag: 'Soon' }
  | { readonly _tag: 'After'; readonly ms: number }
  /** When something that we watch has changed; not before. */
  | { readonly _tag: 'OnChange' }

/** What cures it (permissions, kinds) is not among what we watch, so it is asked for now and then. */
const UNSEEN_CURE: Retry = { _tag: 'After', ms: 60_000 }

/** When to try a write again that did not happen. */
export const retry = (error: ApplyError): Retry => {
  switch (error._tag) {
    case 'Conflict':
    case 'SourceChanged':
    case 'ServerError':
    case 'Unreachable':
      return { _tag: 'Soon' }
    case 'Throttled':
      return { _tag: 'After', ms: error.retryAfterMs }
    case 'Forbidden':
    case 'NotFound':
      return UNSEEN_CURE
    case 'Invalid':
    // Cured by another key in a Secret that we watch.
    case 'NotIssued':
      return { _tag: 'OnChange' }
  }
}
