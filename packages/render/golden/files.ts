import { stringify } from 'yaml'

import type { Json } from '../src/model'
import { desiredText } from './desired-text'
import { planText } from './plan-text'
import type { Said } from './stages'
import { statusText } from './status-text'

/** The case with which another is compared, so that it shows only what it has otherwise. */
export type Basis = { readonly name: string; readonly said: Said }

/** The texts of a case's files by their names, given what the stages say of it and of its basis. */
export const files = (said: Said, basis?: Basis): { readonly [file: string]: string } => {
  const name = basis?.name ?? ''
  const { desired, plan, status } = basis?.said ?? {}
  return {
    'desired.yaml': yaml(desiredText(said.desired, { name, items: desired?.objects ?? [] })),
    'plan.yaml': yaml(planText(said.plan, { name, items: plan ?? [] })),
    'status.yaml': yaml(
      statusText(said.status, { name, ...(status === undefined ? {} : { status }) }),
    ),
  }
}

const yaml = (value: Json): string =>
  stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, indentSeq: false })
