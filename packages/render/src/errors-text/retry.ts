import type { KnownError } from './known-error'

/** When trying again can help. */
export type Retry =
  /** At once, with the back-off of whoever tries. */
  | { readonly _tag: 'Soon' }
  | { readonly _tag: 'After'; readonly ms: number }
  /** When something that we watch has changed; not before. */
  | { readonly _tag: 'OnChange' }

const soon: Retry = { _tag: 'Soon' }
const onChange: Retry = { _tag: 'OnChange' }

/** What cures it (permissions, kinds) is not among what we watch, so it is asked for now and then. */
const UNSEEN_CURE: Retry = { _tag: 'After', ms: 60_000 }

/** When to try again after an error. */
export const retry = (error: KnownError): Retry => {
  switch (error._tag) {
    case 'Conflict':
    case 'SourceChanged':
    case 'ServerError':
    case 'Unreachable':
      return soon
    case 'Throttled':
      return { _tag: 'After', ms: error.retryAfterMs }
    case 'Forbidden':
    case 'NotFound':
    case 'ApiNotServed':
      return UNSEEN_CURE
    case 'Invalid':
    case 'NoConfig':
    case 'InvalidConfig':
    case 'StorageNotConfigured':
    case 'NamespaceMissing':
    case 'AnnotationMissing':
    case 'AnnotationMalformed':
    case 'SecretMissing':
    case 'ClaimMissing':
    case 'ClaimNeedsSingleWriter':
    case 'ClaimUnusable':
    case 'ClaimNotOurs':
    case 'RouteNotOurs':
      return onChange
  }
}
