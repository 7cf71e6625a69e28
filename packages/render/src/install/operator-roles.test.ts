import * as E from 'fp-ts/Either'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  groupOf,
  isJsonArray,
  isJsonObject,
  pluralOf,
  WATCHED_KINDS,
  WRITTEN_KINDS,
  type Json,
  type JsonObject,
  type KubeObject,
  type WrittenKind,
} from '../model'
import { clusterRole as registryRole } from '../objects/rights/cluster-role'
import { clusterRole as prunerRole } from '../objects/pruner/pruner-role'
import { render } from '../render'
import { arbitraryConfig, arbitraryFactsFor } from '../testing'
import { someFacts } from '../testing/some-facts'
import type { InstallOptions } from './install-options'
import { isOf } from './is-of'
import { operatorRoles } from './operator-roles'

type Request = {
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly namespace?: string | undefined
  /** Of all objects, if undefined. */
  readonly name?: string | undefined
}

const list = (value: Json | undefined): ReadonlyArray<Json> => (isJsonArray(value) ? value : [])

const texts = (value: Json | undefined): ReadonlyArray<string> =>
  list(value).filter((item) => typeof item === 'string')

const rulesOf = (role: JsonObject): ReadonlyArray<JsonObject> =>
  list(role['rules']).filter(isJsonObject)

const GRANTED = [registryRole, prunerRole].flatMap(rulesOf)

const isGranted = (rule: JsonObject): boolean =>
  GRANTED.some((granted) => JSON.stringify(granted) === JSON.stringify(rule))

const { release } = someFacts()
type Platform = InstallOptions['platform']

const PLATFORMS: ReadonlyArray<Platform> = ['OpenShift', 'Kubernetes']

const allOn = (platform: Platform) => operatorRoles({ platform, release })

const rolesOn = (platform: Platform) => allOn(platform).filter(({ kind }) => kind.endsWith('Role'))

const rulesIn = (platform: Platform, namespace: string | undefined): ReadonlyArray<JsonObject> =>
  rolesOn(platform)
    .filter(({ kind, metadata }) => kind === 'ClusterRole' || metadata.namespace === namespace)
    .flatMap(rulesOf)

/** What the API server's RBAC authorizer says. */
const mayDoOn =
  (platform: Platform) =>
  ({ verb, group, resource, namespace, name }: Request): boolean =>
    rulesIn(platform, namespace).some(
      (rule) =>
        texts(rule['verbs']).includes(verb) &&
        texts(rule['apiGroups']).includes(group) &&
        texts(rule['resources']).includes(resource) &&
        (rule['resourceNames'] === undefined || texts(rule['resourceNames']).includes(name ?? '')),
    )

/** Everything that a role allows, each by itself. */
const allowedBy = (role: KubeObject): ReadonlyArray<Request> =>
  rulesOf(role)
    .filter((rule) => !isGranted(rule))
    .flatMap((rule) =>
      texts(rule['apiGroups']).flatMap((group) =>
        texts(rule['resources']).flatMap((resource) =>
          texts(rule['verbs']).flatMap((verb) =>
            (rule['resourceNames'] === undefined ? [undefined] : texts(rule['resourceNames'])).map(
              (name) => ({ verb, group, resource, namespace: role.metadata.namespace, name }),
            ),
          ),
        ),
      ),
    )

const request = (verb: string, { apiVersion, kind, metadata }: KubeObject): Request => ({
  verb,
  group: groupOf(apiVersion),
  resource: pluralOf(kind, groupOf(apiVersion)) ?? kind,
  namespace: metadata.namespace,
  name: metadata.name,
})

const whole = ({ verb, group, resource, namespace, name }: Request): string =>
  [verb, group, resource, namespace ?? '-', name ?? '*'].join(' ')

/** The requests that the operator makes of each row of its tables, and those that are in no table. */
const lookingOn = (platform: Platform): ReadonlyArray<Request> =>
  WATCHED_KINDS.filter(isOf(platform)).flatMap((watched) =>
    ['list', 'watch', ...(['Secret', 'Config'].includes(watched.kind) ? ['get'] : [])].map(
      (verb) => ({
        verb,
        group: groupOf(watched.apiVersion),
        resource: watched.plural,
        namespace: watched.namespace,
        name: watched.name,
      }),
    ),
  )

const verbsOf = ({ part, deletion }: WrittenKind): ReadonlyArray<string> =>
  part === 'legacy' ? ['delete'] : ['create', 'patch', ...(deletion ? ['delete'] : [])]

const writingOn = (platform: Platform): ReadonlyArray<Request> =>
  WRITTEN_KINDS.filter(isOf(platform)).flatMap((written) => {
    const resource = pluralOf(written.kind, groupOf(written.apiVersion)) ?? written.kind
    const objects = written.names === 'named by the Config' ? [undefined] : written.names
    return objects.flatMap((name) => {
      const asked = { group: groupOf(written.apiVersion), namespace: written.namespace, name }
      return [
        ...verbsOf(written).map((verb) => ({ ...asked, verb, resource })),
        ...(written.writesStatus
          ? [{ ...asked, verb: 'patch', resource: `${resource}/status` }]
          : []),
      ]
    })
  })

const namespace = 'openshift-image-registry'
const CLEAN_UP: ReadonlyArray<Request> = [
  { verb: 'list', group: '', resource: 'pods', namespace },
  { verb: 'get', group: '', resource: 'pods/log', namespace },
]
const inNoTable: ReadonlyArray<Request> = [
  { verb: 'create', group: '', resource: 'events', namespace },
  { verb: 'create', group: 'route.openshift.io', resource: 'routes/custom-host', namespace },
  { verb: 'update', group: 'route.openshift.io', resource: 'routes/custom-host', namespace },
  ...(
    [
      ['create', undefined],
      ['list', 'openshift-master-controllers'],
      ['update', 'openshift-master-controllers'],
      ['watch', 'openshift-master-controllers'],
    ] as const
  ).map(([verb, name]) => ({
    verb,
    group: 'coordination.k8s.io',
    resource: 'leases',
    namespace,
    name,
  })),
]

describe.each(PLATFORMS)('the roles of the operator on %s', (platform) => {
  const roles = rolesOn(platform)
  const mayDo = mayDoOn(platform)

  it.each(WATCHED_KINDS.filter(isOf(platform)))(
    'let it look at $plural in $namespace',
    (watched) => {
      const asked = { group: groupOf(watched.apiVersion), resource: watched.plural }
      for (const verb of ['list', 'watch']) expect(mayDo({ ...watched, ...asked, verb })).toBe(true)
    },
  )

  it('let it write whatever it renders', () => {
    fc.assert(
      fc.property(
        arbitraryConfig.chain((config) =>
          arbitraryFactsFor(config).map(
            (facts) =>
              [
                facts,
                render({ config: E.right(config), pruner: E.left({ _tag: 'NoPruner' }) }, facts),
              ] as const,
          ),
        ),
        ([facts, { objects }]) => {
          fc.pre(facts.platform === platform)
          const refused = objects
            .flatMap(({ object, subresource }) =>
              subresource === undefined
                ? ['create', 'patch'].map((verb) => request(verb, object))
                : [request('patch', object)].map((asked) => ({
                    ...asked,
                    resource: `${asked.resource}/${subresource}`,
                  })),
            )
            .filter((asked) => !mayDo(asked))
          expect(refused).toEqual([])
        },
      ),
    )
  })

  it('let it do what its tables say, and nothing else', () => {
    const needed = new Set(
      [
        ...lookingOn(platform),
        ...writingOn(platform),
        ...inNoTable,
        ...(platform === 'Kubernetes' ? CLEAN_UP : []),
      ].map(whole),
    )
    expect(new Set(roles.flatMap(allowedBy).map(whole))).toEqual(needed)
  })

  it('hold every right that it grants to the registry and the pruner, or the API server refuses the grant', () => {
    const held = roles.flatMap(rulesOf).filter(isGranted)
    expect(GRANTED.length).toBeGreaterThan(10)
    expect(held).toEqual(platform === 'OpenShift' ? GRANTED : [])
  })

  it('are granted to the operator, in the namespaces that they are about', () => {
    const bindings = allOn(platform).filter(({ kind }) => kind.endsWith('Binding'))
    expect(bindings.map(({ metadata }) => metadata.namespace)).toEqual([
      undefined,
      'openshift-image-registry',
      'openshift-config',
      'openshift-config-managed',
    ])
    for (const binding of bindings)
      expect(binding).toMatchObject({
        roleRef: { name: 'cluster-image-registry-operator' },
        subjects: [{ name: 'cluster-image-registry-operator', namespace }],
      })
  })

  it('let it neither read nor write what is none of its business', () => {
    const secrets = { group: '', resource: 'secrets' }
    for (const [verb, where, name] of [
      ['get', 'openshift-config', 'other'],
      ['list', 'openshift-config', undefined],
      ['get', 'openshift-config-managed', 'any'],
      ['get', 'kube-system', 'any'],
      ['patch', 'openshift-config', 'pull-secret'],
      ['patch', 'openshift-image-registry', 'other'],
    ] as const)
      expect(mayDo({ ...secrets, verb, namespace: where, name })).toBe(false)
    const bundles = { group: '', resource: 'configmaps', namespace: 'openshift-config-managed' }
    expect(mayDo({ ...bundles, verb: 'patch', name: 'image-registry-ca' })).toBe(
      platform === 'OpenShift',
    )
    expect(mayDo({ ...bundles, verb: 'patch', name: 'default-ingress-cert' })).toBe(false)
    expect(mayDo({ ...bundles, verb: 'delete', name: 'image-registry-ca' })).toBe(false)
    const grants = { group: 'rbac.authorization.k8s.io', resource: 'clusterroles' }
    expect(mayDo({ ...grants, verb: 'patch', name: 'cluster-admin' })).toBe(false)
  })

  it('use no wildcards', () => {
    expect(JSON.stringify(allOn(platform))).not.toContain('*')
  })
})

it('what only one kind of cluster has is not allowed on the other', () => {
  const allowedOn = (platform: Platform) => JSON.stringify(allOn(platform))
  for (const kind of ['ingresses', 'httproutes', 'certificates', 'storageclasses']) {
    expect(allowedOn('Kubernetes')).toContain(`"${kind}"`)
    expect(allowedOn('OpenShift')).not.toContain(`"${kind}"`)
  }
  for (const name of ['node-ca', 'azure-path-fix', 'system:image-pruner', 'image-registry-ca']) {
    expect(allowedOn('OpenShift')).toContain(`"${name}"`)
    expect(JSON.stringify(writingOn('Kubernetes'))).not.toContain(`"${name}"`)
  }
})
