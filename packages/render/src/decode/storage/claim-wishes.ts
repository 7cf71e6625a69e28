import { wholeUnits } from '../../fields/same-quantity'
import { type ClaimWishes, type KubeObject, names, type Problem } from '../../model'
import { showValue } from '../../schema/show-value'

import { annotationProblem, saidWith } from '../annotations'
import type { ConfigSpec } from '../codecs/config/config-spec'
import { DNS_NAME, isDnsName } from '../exposure/dns-name'

/** The original's. */
const DEFAULT_SIZE = '100Gi'

const MODES = ['ReadWriteMany', 'ReadWriteOnce'] as const

/** What people want of the claim that we make, said with annotations: the Config has no fields for it. */
export const claimWishes = (subject: KubeObject): ClaimWishes => {
  const storageClass = saidWith(subject, names.CLAIM_CLASS_ANNOTATION)
  const mode = saidWith(subject, names.CLAIM_MODE_ANNOTATION)
  const accessMode = MODES.find((one) => one === mode)
  return {
    size: saidWith(subject, names.CLAIM_SIZE_ANNOTATION) || DEFAULT_SIZE,
    ...(storageClass === '' ? {} : { storageClass }),
    ...(accessMode === undefined ? {} : { accessMode }),
  }
}

const sizeProblems = (size: string): ReadonlyArray<Problem> =>
  size === '' || (wholeUnits(size) ?? 0) > 0
    ? []
    : [
        annotationProblem(
          names.CLAIM_SIZE_ANNOTATION,
          `must be a quantity such as 100Gi, got ${showValue(size)}`,
          'correct it, or remove it to have 100Gi',
        ),
      ]

const classProblems = (name: string): ReadonlyArray<Problem> =>
  name === '' || isDnsName(name)
    ? []
    : [
        annotationProblem(
          names.CLAIM_CLASS_ANNOTATION,
          `must be the name of a StorageClass (${DNS_NAME}), got ${showValue(name)}`,
          'correct it, or remove it to have the default class',
        ),
      ]

const modeProblems = (mode: string): ReadonlyArray<Problem> =>
  mode === '' || MODES.some((one) => one === mode)
    ? []
    : [
        annotationProblem(
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
        ...sizeProblems(saidWith(subject, names.CLAIM_SIZE_ANNOTATION)),
        ...classProblems(saidWith(subject, names.CLAIM_CLASS_ANNOTATION)),
        ...modeProblems(saidWith(subject, names.CLAIM_MODE_ANNOTATION)),
      ]
