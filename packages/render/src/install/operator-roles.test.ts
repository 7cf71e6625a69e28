import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  groupOf,
  isJsonArray,
  isJsonObject,
  pluralOf,
  WATCHED_KINDS,
  type Json,
  type JsonObject,
  type KubeObject,
} from '../model'
import { clusterRole } from '../objects/cluster-role'
import { render } from '../render'
import { arbitraryConfig, arbitraryFactsFor } from '../testing'
import { operatorRoles } from './operator-roles'

type Request = {
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly namespace?: string | undefined
  readonly name?: string | undefined
}

const texts = (value: Json | undefined): ReadonlyArray<Json> => (isJsonArray(value) ? value : [])

const rulesIn = (namespace: string | undefined): ReadonlyArray<JsonObject> =>
  operatorRoles
    .filter(
      ({ kind, metadata }) =>
        kind === 'ClusterRole' || (kind === 'Role' && metadata.namespace === namespace),
    )
    .flatMap((role) => texts(role['rules']).filter(isJsonObject))

/** What the API server's RBAC authorizer says. */
const mayDo = ({ verb, group, resource, namespace, name }: Request): boolean =>
  rulesIn(namespace).some(
    (rule) =>
      texts(rule['verbs']).includes(verb) &&
      texts(rule['apiGroups']).includes(group) &&
      texts(rule['resources']).includes(resource) &&
      (rule['resourceNames'] === undefined || texts(rule['resourceNames']).includes(name ?? '')),
  )

const request = (verb: string, { apiVersion, kind, metadata }: KubeObject): Request => ({
  verb,
  group: groupOf(apiVersion),
  resource: pluralOf(kind) ?? kind,
  namespace: metadata.namespace,
  name: metadata.name,
})

describe('the roles of the operator', () => {
  it.each(WATCHED_KINDS)('let it look at $plural in $namespace', (watched) => {
    const asked = { group: groupOf(watched.apiVersion), resource: watched.plural }
    for (const verb of ['list', 'watch']) expect(mayDo({ ...watched, ...asked, verb })).toBe(true)
  })

  it('let it write and delete whatever it renders', () => {
    fc.assert(
      fc.property(
        arbitraryConfig.chain((config) =>
          arbitraryFactsFor(config).map((facts) => render(config, facts)),
        ),
        ({ objects }) => {
          // A claim that the user names is never written.
          for (const { object } of objects)
            for (const verb of ['create', 'patch', 'delete'])
              expect([
                verb,
                object.kind,
                object.metadata.name,
                mayDo(request(verb, object)),
              ]).toEqual([verb, object.kind, object.metadata.name, true])
        },
      ),
    )
  })

  it('hold every right that it grants to the registry, or the API server refuses the grant', () => {
    const held = rulesIn(undefined)
    for (const rule of texts(clusterRole['rules'])) expect(held).toContainEqual(rule)
  })

  it('let it neither read nor write what is none of its business', () => {
    const secrets = { group: '', resource: 'secrets' }
    for (const [verb, namespace, name] of [
      ['get', 'openshift-config', 'other'],
      ['list', 'openshift-config', undefined],
      ['get', 'kube-system', 'any'],
      ['patch', 'openshift-config', 'pull-secret'],
      ['patch', 'openshift-image-registry', 'other'],
    ] as const)
      expect(mayDo({ ...secrets, verb, namespace, name })).toBe(false)
    expect(
      mayDo({
        verb: 'patch',
        group: 'rbac.authorization.k8s.io',
        resource: 'clusterroles',
        name: 'cluster-admin',
      }),
    ).toBe(false)
  })

  it('use no wildcards', () => {
    expect(JSON.stringify(operatorRoles)).not.toContain('*')
  })
})
