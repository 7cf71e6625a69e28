import {
  type AccessWishes,
  isJsonObject,
  type JsonObject,
  type KubeObject,
  names,
  type Problem,
} from '../../model'
import { showValue } from '../../schema/show-value'

import { annotationProblem, saidWith } from '../annotations'
import type { Asked } from '../asked'

/** The only word that both annotations know. */
const NONE = 'none'

/** What people want of how clients are let in, said with annotations: the Config has no fields for it. */
export const accessWishes = (subject: KubeObject): AccessWishes => ({
  anonymous: saidWith(subject, names.AUTHENTICATION_ANNOTATION) === NONE,
  firstUser: saidWith(subject, names.FIRST_USER_ANNOTATION) !== NONE,
})

const problem = (subject: KubeObject, name: string, otherwise: string): ReadonlyArray<Problem> => {
  const word = saidWith(subject, name)
  return word === '' || word === NONE
    ? []
    : [
        annotationProblem(
          name,
          `must be ${NONE}, got ${showValue(word)}`,
          `correct it, or remove it to have ${otherwise}`,
        ),
      ]
}

/** What is wrong with these annotations, where they count. */
export const accessProblems = ({
  subject,
  facts,
}: Pick<Asked, 'subject' | 'facts'>): ReadonlyArray<Problem> =>
  facts.platform === 'OpenShift'
    ? []
    : [
        ...problem(subject, names.AUTHENTICATION_ANNOTATION, 'clients say who they are'),
        ...problem(subject, names.FIRST_USER_ANNOTATION, 'a first user made'),
      ]

/** What somebody may not have meant who lets everybody in. */
export const accessWarnings = ({ metadata }: JsonObject): ReadonlyArray<Problem> => {
  const annotations = isJsonObject(metadata) ? metadata['annotations'] : undefined
  return isJsonObject(annotations) && annotations[names.AUTHENTICATION_ANNOTATION] === NONE
    ? [
        annotationProblem(
          names.AUTHENTICATION_ANNOTATION,
          'lets everybody who reaches the registry pull, push and delete images (on plain Kubernetes)',
          'remove it, unless that is what you want',
        ),
      ]
    : []
}
