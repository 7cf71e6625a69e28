import type { Json, JsonObject } from '@image-registry-operator/render/model'

import { apiVersionOf, type Resource } from './resources'

const VERSION: JsonObject = { major: '1', minor: '35', gitVersion: 'v1.35.0-in-memory' }

const VERBS: Json = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']

const unique = (values: ReadonlyArray<string>): ReadonlyArray<string> => [...new Set(values)]

const groupsOf = (resources: ReadonlyArray<Resource>): ReadonlyArray<string> =>
  unique(resources.map(({ group }) => group)).filter((group) => group !== '')

const versionsOf = (resources: ReadonlyArray<Resource>, group: string): ReadonlyArray<string> =>
  unique(resources.filter((one) => one.group === group).map(({ version }) => version))

const aggregatedResource = (resource: Resource): JsonObject => ({
  resource: resource.plural,
  responseKind: { group: resource.group, version: resource.version, kind: resource.kind },
  scope: resource.namespaced ? 'Namespaced' : 'Cluster',
  singularResource: resource.kind.toLowerCase(),
  verbs: VERBS,
  ...(resource.hasStatus
    ? { subresources: [{ subresource: 'status', verbs: ['get', 'patch', 'update'] }] }
    : {}),
})

const aggregatedGroup = (resources: ReadonlyArray<Resource>, group: string): JsonObject => ({
  metadata: group === '' ? {} : { name: group },
  versions: versionsOf(resources, group).map((version) => ({
    version,
    resources: resources
      .filter((one) => one.group === group && one.version === version)
      .map(aggregatedResource),
    freshness: 'Current',
  })),
})

const aggregated = (
  resources: ReadonlyArray<Resource>,
  groups: ReadonlyArray<string>,
): JsonObject => ({
  kind: 'APIGroupDiscoveryList',
  apiVersion: 'apidiscovery.k8s.io/v2',
  metadata: {},
  items: groups.map((group) => aggregatedGroup(resources, group)),
})

const legacyGroup = (resources: ReadonlyArray<Resource>, group: string): JsonObject => {
  const versions = versionsOf(resources, group).map((version) => ({
    groupVersion: `${group}/${version}`,
    version,
  }))
  return { name: group, versions, preferredVersion: versions[0] ?? {} }
}

const legacyResources = (resources: ReadonlyArray<Resource>, groupVersion: string): JsonObject => ({
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion,
  resources: resources
    .filter((resource) => apiVersionOf(resource) === groupVersion)
    .flatMap(({ plural, kind, namespaced, hasStatus }) => [
      { name: plural, singularName: kind.toLowerCase(), namespaced, kind, verbs: VERBS },
      ...(hasStatus
        ? [
            {
              name: `${plural}/status`,
              singularName: '',
              namespaced,
              kind,
              verbs: ['get', 'patch', 'update'],
            },
          ]
        : []),
    ]),
})

/** What stands at the paths that tell about the server; undefined where nothing does. */
export const discoveryAnswer = (
  resources: ReadonlyArray<Resource>,
  path: string,
  accept: string,
): JsonObject | undefined => {
  const wantsAggregated = accept.includes('as=APIGroupDiscoveryList')
  switch (path) {
    case '/version':
      return VERSION
    case '/readyz':
    case '/healthz':
    case '/livez':
      return { status: 'ok' }
    case '/api':
      return wantsAggregated
        ? aggregated(resources, [''])
        : { kind: 'APIVersions', versions: ['v1'] }
    case '/apis':
      return wantsAggregated
        ? aggregated(resources, groupsOf(resources))
        : {
            kind: 'APIGroupList',
            apiVersion: 'v1',
            groups: groupsOf(resources).map((group) => legacyGroup(resources, group)),
          }
    default: {
      const answer = legacyResources(resources, path.replace(/^\/apis?\//, ''))
      return Array.isArray(answer['resources']) && answer['resources'].length > 0
        ? answer
        : undefined
    }
  }
}
