import type {
  PartRemoval,
  PartSight,
  StorageError,
  StoragePart,
  StorageStep,
  StorageTarget,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { Backend, OpenBackend, PartDriver } from './backend'
import { observed, seenPart } from './observed'
import { carries } from './sights'
import type { StorageCaller } from './storage-call'
import type { OnProgress, StepOutcome, StorageAccess, StorageDriver } from './storage-driver'
import { discreetCaller } from './without-secrets'

/** Whatever a driver is asked, it is the same: the parts of its backend are looked at, made, marked, set or removed. */
export const driverOfParts = (open: OpenBackend, call: StorageCaller): StorageDriver => {
  const within =
    <A>(access: StorageAccess, use: (backend: Backend) => TE.TaskEither<StorageError, A>) =>
    (): Promise<E.Either<StorageError, A>> =>
      pipe(
        open(access, discreetCaller(call, access)),
        // Whatever happens: nobody else closes its connections.
        TE.flatMap((backend) => () => use(backend)().finally(backend.close)),
      )()
  return {
    observe: (access, scope) => within(access, (backend) => TE.fromTask(observed(backend, scope))),
    ensure: (access, steps, onProgress) =>
      pipe(
        within(access, (backend) => TE.fromTask(ensured(backend, { access, onProgress }, steps))),
        T.map(E.getOrElse((error): ReadonlyArray<StepOutcome> => allFailed(steps, error))),
      ),
    remove: (access, parts, onProgress) =>
      within(access, (backend) => removed(backend, { access, onProgress }, parts)),
  }
}

type Errand = { readonly access: StorageAccess; readonly onProgress: OnProgress }

const allFailed = (
  steps: ReadonlyArray<StorageStep>,
  error: StorageError,
): ReadonlyArray<StepOutcome> => steps.map((step) => ({ step, result: E.left(error) }))

/** A part that the backend does not have: the target and the driver do not fit. */
const noSuchPart = ({ backend }: StorageTarget, part: string): StorageError => ({
  _tag: 'StorageRefused',
  backend,
  operation: part,
  code: 'none',
  message: `this kind of storage has no ${part}`,
})

const marksMissing = ({ backend }: StorageTarget, part: string): StorageError => ({
  _tag: 'MarksMissing',
  backend,
  operation: part,
  code: 'none',
  message: `the ${part} does not carry the marks of this registry`,
})

/** Why nothing is done to a part: it has gone, what it carries could not be read, or it does not carry our marks. */
const unproven = (target: StorageTarget, part: string, sight: PartSight): StorageError => {
  const missing = marksMissing(target, part)
  if (sight._tag === 'Absent')
    return { ...missing, _tag: 'StorageNotFound', message: `the ${part} is not there` }
  const settings =
    sight._tag === 'Present' && sight.marks === undefined ? Object.values(sight.settings) : []
  const unread = settings.find(({ _tag }) => _tag === 'NotSeen')
  return unread?._tag === 'NotSeen' ? unread.error : missing
}

const withPart = <A>(
  { parts }: Backend,
  target: StorageTarget,
  kind: string,
  use: (driver: PartDriver) => TE.TaskEither<StorageError, A>,
): TE.TaskEither<StorageError, A> => {
  const driver = parts.find((one) => one.kind === kind)
  return driver === undefined ? TE.left(noSuchPart(target, kind)) : use(driver)
}

const describeStep = ({ parts }: StorageTarget, step: StorageStep): string => {
  const name = parts.find(({ kind }) => kind === step.part)?.name ?? ''
  const thing = name === '' ? step.part : `${step.part} ${name}`
  switch (step._tag) {
    case 'Create':
      return `create ${thing}`
    case 'Mark':
      return `mark ${thing}`
    case 'Set':
      return `set ${step.setting.name} of ${thing}`
  }
}

const ensured = (
  backend: Backend,
  errand: Errand,
  steps: ReadonlyArray<StorageStep>,
): T.Task<ReadonlyArray<StepOutcome>> =>
  steps.reduce(
    (task, step) =>
      pipe(
        task,
        T.flatMap((before) =>
          // What could not be made cannot be marked or set, which would only hide why.
          before.some(isFailedCreation(step))
            ? T.of(before)
            : pipe(
                stepOutcome(backend, errand, step),
                T.map((outcome) => [...before, outcome]),
              ),
        ),
      ),
    T.of<ReadonlyArray<StepOutcome>>([]),
  )

const isFailedCreation =
  ({ part }: StorageStep) =>
  ({ step, result }: StepOutcome): boolean =>
    step._tag === 'Create' && step.part === part && E.isLeft(result)

const stepOutcome = (
  backend: Backend,
  { access, onProgress }: Errand,
  step: StorageStep,
): T.Task<StepOutcome> =>
  pipe(
    T.fromIO(onProgress(describeStep(access.target, step), 0)),
    T.flatMap(() => performStep(backend, access, step)),
    T.map((result) => ({ step, result })),
  )

const performStep = (
  backend: Backend,
  access: StorageAccess,
  step: StorageStep,
): TE.TaskEither<StorageError, void> =>
  withPart(backend, access.target, step.part, (driver) => {
    switch (step._tag) {
      case 'Create':
        return ifWanted(access, driver.create)
      case 'Mark':
        return guarded(driver, access, isNobodys, driver.mark)
      case 'Set':
        return guarded(driver, access, isOurs, driver.set(step.setting))
    }
  })

const withdrawn = ({ backend }: StorageTarget): StorageError => ({
  _tag: 'StorageConflict',
  backend,
  operation: 'go on',
  code: 'none',
  message: 'it is not wanted any more',
})

/** Somebody may have changed his mind since it was planned. */
const ifWanted = <A>(
  { target, isWanted = () => true }: StorageAccess,
  act: TE.TaskEither<StorageError, A>,
): TE.TaskEither<StorageError, A> =>
  pipe(
    TE.fromIO<boolean, StorageError>(isWanted),
    TE.flatMap((wanted) => (wanted ? act : TE.left(withdrawn(target)))),
  )

type Guard = (sight: PartSight, part: StoragePart) => boolean

/** It carries our marks; or those of the original together with a name that only the original gives. */
const isOurs: Guard = (sight, { marks, formerMarks, isGeneratedName }) =>
  carries(sight, marks) || (isGeneratedName && carries(sight, formerMarks))

/** Nobody has put anything into it, nor said that it is his. */
const isNobodys: Guard = (sight) =>
  sight._tag === 'Present' &&
  sight.isEmpty === true &&
  sight.marks !== undefined &&
  Object.keys(sight.marks).length === 0

/** Does it if the part is, at this moment, what it has to be. */
const guarded = (
  driver: PartDriver,
  access: StorageAccess,
  guard: Guard,
  act: TE.TaskEither<StorageError, void>,
): TE.TaskEither<StorageError, void> =>
  pipe(
    TE.fromTask<PartSight, StorageError>(
      pipe(
        seenPart(driver),
        T.map(({ sight }) => sight),
      ),
    ),
    TE.flatMap((sight) => {
      if (sight._tag === 'Unseen') return TE.left(sight.error)
      const part = access.target.parts.find(({ kind }) => kind === driver.kind)
      return part !== undefined && guard(sight, part)
        ? ifWanted(access, act)
        : TE.left(unproven(access.target, driver.kind, sight))
    }),
  )

const removed = (
  backend: Backend,
  errand: Errand,
  parts: ReadonlyArray<PartRemoval>,
): TE.TaskEither<StorageError, void> =>
  pipe(
    parts.map((removal, index) => ({ removal, isLast: index === parts.length - 1 })),
    TE.traverseSeqArray(({ removal, isLast }) =>
      withPart(backend, errand.access.target, removal.part, (driver) =>
        pipe(
          removedPart(driver, errand, removal),
          TE.flatMap(() => (isLast ? TE.right(undefined) : gone(driver, errand.access))),
        ),
      ),
    ),
    TE.map(() => undefined),
  )

/** What is around a part, or opens it, stays until nobody can see that part any more. */
const gone = (
  { kind, reads: [{ read }] }: PartDriver,
  { target }: StorageAccess,
): TE.TaskEither<StorageError, void> =>
  pipe(
    read,
    TE.flatMap(({ _tag }) =>
      _tag === 'Absent'
        ? TE.right(undefined)
        : TE.left<StorageError, void>({
            _tag: 'StorageConflict',
            backend: target.backend,
            operation: `remove ${kind}`,
            code: 'none',
            message: `the ${kind} is still there`,
          }),
    ),
  )

const removedPart = (
  driver: PartDriver,
  { access, onProgress }: Errand,
  { part, marks }: PartRemoval,
): TE.TaskEither<StorageError, void> =>
  pipe(
    TE.fromTask<PartSight, StorageError>(
      pipe(
        seenPart(driver),
        T.map(({ sight }) => sight),
      ),
    ),
    TE.flatMap((sight): TE.TaskEither<StorageError, void> => {
      if (sight._tag === 'Absent') return TE.right(undefined)
      if (sight._tag === 'Unseen') return TE.left(sight.error)
      if (!carries(sight, marks)) return TE.left(unproven(access.target, part, sight))
      return pipe(
        emptied(access, driver, (count) => onProgress(`empty ${part}`, count)),
        TE.flatMap((count) =>
          pipe(
            TE.fromIO<void, StorageError>(onProgress(`remove ${part}`, count)),
            TE.flatMap(() => ifWanted(access, driver.remove)),
          ),
        ),
      )
    }),
  )

/** How many objects were removed in the end. */
const emptied = (
  access: StorageAccess,
  driver: PartDriver,
  onCount: (count: number) => IO<void>,
  before = 0,
): TE.TaskEither<StorageError, number> =>
  driver.empty === undefined
    ? TE.right(before)
    : pipe(
        ifWanted(access, driver.empty),
        TE.flatMap((count) =>
          count === 0
            ? TE.right(before)
            : pipe(
                TE.fromIO<void, StorageError>(onCount(before + count)),
                TE.flatMap(() => emptied(access, driver, onCount, before + count)),
              ),
        ),
      )
