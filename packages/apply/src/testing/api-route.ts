import type { Resource } from './resources'

/** What a path is about. */
export type Route =
  | { readonly _tag: 'Discovery'; readonly path: string }
  | {
      readonly _tag: 'Objects'
      readonly resource: Resource
      /** Undefined: all namespaces, or none. */
      readonly namespace: string | undefined
      /** Undefined: the collection. */
      readonly name: string | undefined
      readonly subresource: string
    }
  | { readonly _tag: 'Unknown' }

const UNKNOWN: Route = { _tag: 'Unknown' }

type Within = {
  readonly group: string
  readonly version: string
  readonly rest: ReadonlyArray<string>
}

const within = (segments: ReadonlyArray<string>): Within | undefined => {
  const [root, one = '', two = '', ...rest] = segments
  if (root === 'api') return { group: '', version: one, rest: segments.slice(2) }
  return root === 'apis' ? { group: one, version: two, rest } : undefined
}

const objects = (resources: ReadonlyArray<Resource>, { group, version, rest }: Within): Route => {
  const find = (plural: string | undefined, namespaced?: boolean): Resource | undefined =>
    resources.find(
      (one) =>
        one.group === group &&
        one.version === version &&
        one.plural === plural &&
        (namespaced === undefined || one.namespaced === namespaced),
    )
  const [first, second, third, fourth, fifth = ''] = rest
  const inside = first === 'namespaces' && third !== undefined ? find(third, true) : undefined
  if (inside !== undefined)
    return {
      _tag: 'Objects',
      resource: inside,
      namespace: second,
      name: fourth,
      subresource: fifth,
    }
  const resource = find(first)
  if (resource === undefined || fourth !== undefined) return UNKNOWN
  // A namespaced object is not found without its namespace.
  if (resource.namespaced && second !== undefined) return UNKNOWN
  return { _tag: 'Objects', resource, namespace: undefined, name: second, subresource: third ?? '' }
}

const DISCOVERY =
  /^\/(version|readyz|healthz|livez|api|api\/v1|apis|apis\/[^/]+|apis\/[^/]+\/[^/]+)\/?$/

export const routeOf = (resources: ReadonlyArray<Resource>, pathname: string): Route => {
  if (DISCOVERY.test(pathname)) return { _tag: 'Discovery', path: pathname.replace(/\/$/, '') }
  const found = within(
    pathname
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeURIComponent),
  )
  return found === undefined ? UNKNOWN : objects(resources, found)
}
