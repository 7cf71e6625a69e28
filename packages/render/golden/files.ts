import { stringify } from 'yaml'

import { digestOfJson } from '../src/digest'
import type { Action, DesiredObject, DesiredState, FieldChange, Fill, Plan } from '../src/model'
import { refOf, showRef } from '../src/model'
import type { Said } from './stages'

/** The case that shows every object; the others show what they have otherwise. */
export const PLAINEST = 'an-empty-dir-and-nothing-else'

/** The texts of a case's files by their names, given what the stages say of it and of the plainest case. */
export const files = (said: Said, plainest?: Said): { readonly [file: string]: string } => ({
  'desired.yaml': yaml(said.desired === undefined ? {} : desiredText(said.desired, plainest)),
  'plan.yaml': yaml(planText(said.plan)),
  'status.yaml': yaml(statusText(said.status)),
})

const yaml = (value: unknown): string =>
  stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, indentSeq: false })

const unlessEmpty = (name: string, list: ReadonlyArray<unknown>): object =>
  list.length === 0 ? {} : { [name]: list }

const desiredText = ({ objects, withheld }: DesiredState, plainest?: Said): object => {
  const known = new Set(
    (plainest?.desired?.objects ?? []).map(({ object }) => digestOfJson(object)),
  )
  const shown = objects.filter(({ object }) => !known.has(digestOfJson(object)))
  return {
    objects: objects.map((desired) =>
      shown.includes(desired) ? desired.object : `${nameOf(desired)}, as in ${PLAINEST}`,
    ),
    ...unlessEmpty('createdOnce', objects.filter(({ mode }) => mode === 'create-only').map(nameOf)),
    ...unlessEmpty(
      'fills',
      shown.flatMap((desired) => desired.fills.map((fill) => fillText(desired, fill))),
    ),
    ...unlessEmpty(
      'withheld',
      withheld.map(({ ref, problem }) => ({ object: showRef(ref), ...problem })),
    ),
  }
}

const nameOf = ({ object }: DesiredObject): string => showRef(refOf(object))

const fillText = (desired: DesiredObject, { path, source }: Fill): object => ({
  object: nameOf(desired),
  field: path.join(' '),
  from:
    source._tag === 'CopyOf'
      ? `${showRef(source.ref)}: ${source.path.join(' ')}`
      : source._tag === 'Literal'
        ? source.text
        : `${source.bytes} random bytes`,
})

/** A patch has the conditions in it. */
const statusText = ({ patch, conditions, ...rest }: Said['status']): object =>
  patch === undefined ? { conditions, ...rest } : { patch, ...rest }

const planText = (plan: Plan): unknown => plan.map(actionText)

const actionText = (action: Action): object => {
  if (action._tag === 'DeleteObject') {
    return { delete: showRef(action.ref), because: action.because, proof: action.proof }
  }
  return action.change === 'create'
    ? { create: showRef(action.ref) }
    : { update: showRef(action.ref), changes: action.changes.map(changeText) }
}

/** Whole objects are left out: desired.yaml has them. */
const changeText = ({ path, why, live, wanted }: FieldChange): object => ({
  path,
  why,
  ...(isScalar(live) ? { live } : {}),
  ...(isScalar(wanted) ? { wanted } : {}),
})

const isScalar = (value: unknown): boolean => value !== undefined && typeof value !== 'object'
