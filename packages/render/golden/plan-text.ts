import type {
  Action,
  FieldChange,
  Json,
  JsonObject,
  Plan,
  StorageContents,
  StorageStep,
} from '../src/model'
import { showRef } from '../src/model'
import { type Compared, shortened, unlessEmpty } from './shortened'

/** What is done, in order. Whole objects are left out: desired.yaml has them. */
export const planText = (plan: Plan, others: Compared<Action>): Json => {
  const { shown, hint, missing } = shortened(plan, others, actionText)
  const names = plan.map(({ ref }) => showRef(ref))
  const without = missing.map(({ ref }) => showRef(ref)).filter((name) => !names.includes(name))
  return [
    ...shown.map(actionText),
    ...hint.map((text) => ({ done: text, ...unlessEmpty('without', without) })),
  ]
}

const actionText = (action: Action): JsonObject => {
  if (action._tag === 'DeleteObject') {
    return { delete: showRef(action.ref), because: action.because, proof: action.proof }
  }
  if (action._tag === 'ReleaseObject') return { release: showRef(action.ref) }
  if (action._tag === 'PatchObject')
    return { patch: showRef(action.ref), changes: action.changes.map(changeText) }
  if (action._tag === 'EnsureStorage')
    return { ensureStorage: action.target.place, steps: action.steps.map(stepText) }
  if (action._tag === 'RemoveStorage')
    return {
      removeStorage: action.target.place,
      because: action.because,
      parts: action.parts.map(({ part, marks }) => ({ part, marks })),
      ...(action.contents === undefined ? {} : { contents: contentsText(action.contents) }),
    }
  if (action.change === 'create') return { create: showRef(action.ref) }
  return {
    update: showRef(action.ref),
    ...(action.reclaim === undefined ? {} : { takenOver: true }),
    changes: action.changes.map(changeText),
  }
}

const contentsText = ({ objects, bytes, isWhole }: StorageContents): JsonObject => ({
  objects,
  bytes,
  isWhole,
})

const stepText = (step: StorageStep): string =>
  step._tag === 'Set'
    ? `set ${step.setting.name} of ${step.part}`
    : `${step._tag.toLowerCase()} ${step.part}`

const changeText = ({ path, why, live, wanted }: FieldChange): JsonObject => ({
  path,
  why,
  ...(isScalar(live) ? { live } : {}),
  ...(isScalar(wanted) ? { wanted } : {}),
})

const isScalar = (value: Json | undefined): value is string | number | boolean | null =>
  value !== undefined && (value === null || typeof value !== 'object')
