import {
  COLLECTION_DEFAULTS,
  type CollectionWishes,
  type KubeObject,
  names,
  type Problem,
} from '../../model'
import { durationNs } from '../../schema/duration'
import { showValue } from '../../schema/show-value'

import { annotationProblem, saidWith } from '../annotations'
const NS_PER_SECOND = 1_000_000_000n

/** Pods have to be replaced before anything is deleted; and nobody can push in the meantime. */
const SHORTEST_SECONDS = 60
const LONGEST_SECONDS = 86_400

const windowSeconds = (text: string): number | undefined => {
  const ns = durationNs(text)
  const seconds = ns === undefined ? undefined : Number(ns / NS_PER_SECOND)
  return seconds !== undefined && seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS
    ? seconds
    : undefined
}

/** How people want garbage to be collected, said with annotations: the ImagePruner has no fields for it. */
export const collectionWishes = (resource: KubeObject): CollectionWishes => ({
  deleteUntagged: saidWith(resource, names.DELETE_UNTAGGED_ANNOTATION) === 'true',
  windowSeconds:
    windowSeconds(saidWith(resource, names.READ_ONLY_WINDOW_ANNOTATION)) ??
    COLLECTION_DEFAULTS.windowSeconds,
})

const untaggedProblems = (text: string): ReadonlyArray<Problem> =>
  ['', 'true', 'false'].includes(text)
    ? []
    : [
        annotationProblem(
          names.DELETE_UNTAGGED_ANNOTATION,
          `must be true or false, got ${showValue(text)}`,
          'correct it, or remove it to keep manifests that no tag names',
        ),
      ]

const windowProblems = (text: string): ReadonlyArray<Problem> =>
  text === '' || windowSeconds(text) !== undefined
    ? []
    : [
        annotationProblem(
          names.READ_ONLY_WINDOW_ANNOTATION,
          `must be a duration from 1m to 24h, got ${showValue(text)}`,
          'correct it, or remove it to have 1h',
        ),
      ]

/** What is wrong with these annotations. */
export const collectionProblems = (resource: KubeObject): ReadonlyArray<Problem> => [
  ...untaggedProblems(saidWith(resource, names.DELETE_UNTAGGED_ANNOTATION)),
  ...windowProblems(saidWith(resource, names.READ_ONLY_WINDOW_ANNOTATION)),
]
