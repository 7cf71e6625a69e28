import { wholeUnits } from '../fields/same-quantity'
import {
  type ClaimWishes,
  type JsonObject,
  type KubeObject,
  names,
  type Problem,
  textOf,
} from '../model'
import { showValue } from '../schema/show-value'

import type { ConfigSpec } from './config/config-spec'
import { DNS_NAME, isDnsName } from './dns-name'

/** The original's. */
const DEFAULT_SIZE = '100Gi'

const MODES = ['ReadWriteMany', 'ReadWriteOnce'] as const

const textAt = ({ metadata: { annotations = {} } }: KubeObject, name: string): string => {
  const all: JsonObject = annotations
  return textOf(all[name])
}

/** What people want of the claim that we make, said with annotations: the Config has no fields for it. */
export const claimWishes = (subject: KubeObject): ClaimWishes => {
  const storageClass = textAt(subject, names.CLAIM_CLASS_ANNOTATION)
  const mode = textAt(subject, names.CLAIM_MODE_ANNOTATION)
  const accessMode = MODES.find((one) => one === mode)
  return {
    size: textAt(subject, names.CLAIM_SIZE_ANNOTATION) || DEFAULT_SIZE,
    ...(storageClass === '' ? {} : { storageClass }),
    ...(accessMode === undefined ? {} : { accessMode }),
  }
}

const problem = (annotation: string, message: string, remedy: string): Problem => ({
  path: `metadata.annotations[${JSON.stringify(annotation)}]`,
  message,
  remedy,
})

const sizeProblems = (size: string): ReadonlyArray<Problem> =>
  size === '' || (wholeUnits(size) ?? 0) > 0
    ? []
    : [
        problem(
          names.CLAIM_SIZE_ANNOTATION,
          `must be a quantity such as 100Gi, got ${showValue(size)}`,
          'correct it, or remove it to have 100Gi',
        ),
      ]

const classProblems = (name: string): ReadonlyArray<Problem> =>
  name === '' || isDnsName(name)
    ? []
    : [
        problem(
          names.CLAIM_CLASS_ANNOTATION,
          `must be the name of a StorageClass (${DNS_NAME}), got ${showValue(name)}`,
          'correct it, or remove it to have the default class',
        ),
      ]

const modeProblems = (mode: string): ReadonlyArray<Problem> =>
  mode === '' || MODES.some((one) => one === mode)
    ? []
    : [
        problem(
          names.CLAIM_MODE_ANNOTATION,
          `must be ReadWriteMany or ReadWriteOnce, got ${showValue(mode)}`,
          'correct it, or remove it to have what the platform offers',
        ),
      ]

/** What is wrong with these annotations, where a claim is to be made. */
export const claimProblems = (
  subject: KubeObject,
  { storage }: ConfigSpec,
): ReadonlyArray<Problem> =>
  storage?.pvc === undefined
    ? []
    : [
        ...sizeProblems(textAt(subject, names.CLAIM_SIZE_ANNOTATION)),
        ...classProblems(textAt(subject, names.CLAIM_CLASS_ANNOTATION)),
        ...modeProblems(textAt(subject, names.CLAIM_MODE_ANNOTATION)),
      ]
