import { type ApplyError, showRef } from '../model'
import { stableText } from './stable-text'

/** Why a write did not happen, in one line: which object, what, what to do. */
export const describeApplyError = (error: ApplyError): string =>
  `${showRef(error.ref)}: ${reasonText(error)}`

const reasonText = (error: ApplyError): string => {
  switch (error._tag) {
    case 'Conflict':
      return 'it changed while it was being written; this is tried again'
    case 'Forbidden':
      return `the operator may not write it (${stableText(error.message)}); grant it the permissions that "image-registry-operator install" prints`
    case 'Invalid':
      return `the API server refuses it (${stableText(error.message)}); correct the Config, or whatever admission rule objects`
    case 'NotFound':
      return `the API server does not know it, its kind or its namespace (${stableText(error.message)}); create what is missing`
    case 'Throttled':
      return 'the API server asks to wait; this is tried again'
    case 'ServerError':
      return `the API server failed with code ${error.code}; this is tried again, look at the API server if it lasts`
    case 'Unreachable':
      return 'the API server did not answer; this is tried again, look at the network if it lasts'
    case 'NotIssued':
      return `its certificate could not be issued: ${error.problem}`
    case 'SourceChanged':
      return `${showRef(error.source)}, which a value is copied from, changed meanwhile; this is tried again`
  }
}
