import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from '@image-registry-operator/render/model'

import { valueAt } from '../perform/with-value-at'
import type { FieldProblem } from './refusal'

/** Of the many rules of built-in kinds, those that an operator of these kinds runs into. */
type Rule = (after: JsonObject, before: JsonObject | undefined) => ReadonlyArray<FieldProblem>

const IMMUTABLE: { readonly [kind: string]: ReadonlyArray<string> } = {
  Deployment: ['spec.selector'],
  Service: ['spec.clusterIP'],
  ClusterRoleBinding: ['roleRef'],
  RoleBinding: ['roleRef'],
  Secret: ['type'],
  PersistentVolumeClaim: ['spec.accessModes', 'spec.storageClassName', 'spec.selector'],
}

const at = (object: JsonObject, path: string): Json | undefined => valueAt(object, path.split('.'))

const immutable =
  (kind: string): Rule =>
  (after, before) =>
    before === undefined
      ? []
      : (IMMUTABLE[kind] ?? [])
          .filter((path) => JSON.stringify(at(after, path)) !== JSON.stringify(at(before, path)))
          .map((field) => ({
            field,
            reason: 'FieldValueInvalid',
            message: `Invalid value: ${JSON.stringify(at(after, field) ?? null)}: field is immutable`,
          }))

const required =
  (...paths: ReadonlyArray<string>): Rule =>
  (after) =>
    paths
      .filter((path) => at(after, path) === undefined)
      .map((field) => ({ field, reason: 'FieldValueRequired', message: 'Required value' }))

const notNegative =
  (path: string): Rule =>
  (after) => {
    const value = at(after, path)
    return typeof value === 'number' && value < 0
      ? [
          {
            field: path,
            reason: 'FieldValueInvalid',
            message: `Invalid value: ${value}: must be greater than or equal to 0`,
          },
        ]
      : []
  }

const uniqueContainers: Rule = (after) => {
  const containers = at(after, 'spec.template.spec.containers')
  return isJsonArray(containers) && containers.length > 0
    ? []
    : [
        {
          field: 'spec.template.spec.containers',
          reason: 'FieldValueRequired',
          message: 'Required value',
        },
      ]
}

const RULES: { readonly [kind: string]: ReadonlyArray<Rule> } = {
  Deployment: [required('spec.selector'), notNegative('spec.replicas'), uniqueContainers],
  Service: [required('spec.ports')],
  ClusterRoleBinding: [required('roleRef.name', 'roleRef.kind')],
  PersistentVolumeClaim: [required('spec.accessModes', 'spec.resources.requests')],
}

export const builtInProblems = (
  kind: string,
  after: JsonObject,
  before: JsonObject | undefined,
): ReadonlyArray<FieldProblem> =>
  [...(RULES[kind] ?? []), immutable(kind)].flatMap((rule) => rule(after, before))

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Values of Secrets that are no base64: these never get as far as the rules. */
export const undecodable = (kind: string, object: JsonObject): ReadonlyArray<string> => {
  const data = object['data']
  return kind === 'Secret' && isJsonObject(data)
    ? Object.entries(data)
        .filter(([, value]) => typeof value === 'string' && !BASE64.test(value))
        .map(([key]) => key)
    : []
}
