import { type DecodeError, names } from '../model'
import { describeProblems } from './describe-problem'

/** Why a Config cannot be used, in one line. */
export const describeDecodeError = (error: DecodeError): string => {
  switch (error._tag) {
    case 'NoConfig':
      return `there is no Config "${names.SINGLETON_NAME}" (configs.imageregistry.operator.openshift.io); create one`
    case 'InvalidConfig':
      return describeProblems(error.problems)
    case 'StorageNotConfigured':
      return 'storage backend not configured; set spec.storage.pvc, or spec.storage.emptyDir if images may be lost'
  }
}
