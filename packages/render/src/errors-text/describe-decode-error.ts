import { type DecodeError, NO_STORAGE } from '../model'
import { decodeProblems } from './decode-problems'
import { describeProblem, describeProblems } from './describe-problem'

/** Why a Config cannot be used, in one line. */
export const describeDecodeError = (error: DecodeError): string =>
  // Alone, the text that scripts look for comes first; its remedy names the field.
  error._tag === 'StorageNotConfigured'
    ? describeProblem({ ...NO_STORAGE, path: '' })
    : describeProblems(decodeProblems(error))
