import * as E from 'fp-ts/Either'
import * as RA from 'fp-ts/ReadonlyArray'
import * as Ord from 'fp-ts/Ord'
import * as S from 'fp-ts/string'

import { describeApplyError } from '../errors-text/describe-apply-error'
import { describeWithheld } from '../errors-text/describe-withheld'
import { type Outcome, type Part, partOf, type Withheld } from '../model'
import { conditionFromError, type Verdict } from './condition-from-error'
import type { OutsideStorage } from './storage/outside-storage'
import { type StorageFailure, storageFailures } from './storage/storage-failures'

/** An object that is not as it should be, with what a person reads about it. */
export type Failure = Verdict & { readonly part: Part; readonly text: string }

/** All objects that are withheld or could not be written or deleted; always in the same order. */
export const failures = (
  withheld: ReadonlyArray<Withheld>,
  outcome: Outcome,
  outside?: OutsideStorage,
): ReadonlyArray<Failure> =>
  RA.sort(byText)([
    ...withheld.map(fromWithheld),
    ...outcome.flatMap(fromOutcome),
    ...(outside === undefined ? [] : storageFailures(outside).map(ofStorage)),
  ])

const ofStorage = (failure: StorageFailure): Failure => ({ ...failure, part: 'registry' })

/** Parts without conditions of their own: what is wrong with them would be told nowhere else. */
const TOLD_WITH_REGISTRY: ReadonlyArray<Part> = ['registry', 'config', 'cluster-operator', 'legacy']

/** Those of the parts that the registry's own conditions are about. */
export const ofRegistry = (all: ReadonlyArray<Failure>): ReadonlyArray<Failure> =>
  all.filter(({ part }) => TOLD_WITH_REGISTRY.includes(part))

/** Those of one part. */
export const ofPart = (all: ReadonlyArray<Failure>, part: Part): ReadonlyArray<Failure> =>
  all.filter((failure) => failure.part === part)

/** How they are told in one message. */
export const failureTexts = (all: ReadonlyArray<Failure>): string =>
  all.map(({ text }) => text).join(' | ')

const byText: Ord.Ord<Failure> = Ord.contramap(({ text }: Failure) => text)(S.Ord)

const fromWithheld = (withheld: Withheld): Failure => ({
  ...conditionFromError(withheld.problem),
  part: partOf(withheld.ref),
  text: describeWithheld(withheld),
})

const fromOutcome = ({ action, result }: Outcome[number]): ReadonlyArray<Failure> => {
  if (E.isRight(result)) return []
  // What was to be deleted is gone: that is all that was wanted.
  if (action._tag === 'DeleteObject' && result.left._tag === 'NotFound') return []
  return [
    {
      ...conditionFromError(result.left),
      part: partOf(action.ref),
      text: describeApplyError(result.left),
    },
  ]
}
