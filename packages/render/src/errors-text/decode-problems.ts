import { type DecodeError, names, NO_STORAGE, type Problem } from '../model'

const NO_CONFIG: Problem = {
  path: '',
  message: `there is no Config "${names.SINGLETON_NAME}" (${names.CONFIG_DEFINITION_NAME})`,
  remedy: 'create one',
}

/** Why a Config cannot be used: one or more problems, each with its field and its remedy. */
export const decodeProblems = (error: DecodeError): ReadonlyArray<Problem> => {
  switch (error._tag) {
    case 'NoConfig':
      return [NO_CONFIG]
    case 'InvalidConfig':
      return error.problems
    case 'StorageNotConfigured':
      return [NO_STORAGE]
  }
}
