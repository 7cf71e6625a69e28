import { names, type Problem } from '../../model'
import { showValue } from '../../schema/show-value'

import { DNS_NAME, isDnsName } from './dns-name'

/** What is compared of a route; undefined where it is not even text. */
type Route = { readonly name?: string; readonly hostname?: string }

const DUPLICATE_NAMES = 'duplication of names has been detected in the additional routes'

const wrongName = (name: string): string =>
  name === '' ? 'must not be empty' : `must be a name (${DNS_NAME}), got ${showValue(name)}`

/** Which route has a text first. */
type FirstPlaces = ReadonlyMap<string | undefined, number>

const firstPlaces = (texts: ReadonlyArray<string | undefined>): FirstPlaces =>
  new Map(texts.map((text, index) => [text, index] as const).reverse())

const nameProblem = (firsts: FirstPlaces, index: number, name: string) => {
  const first = firsts.get(name) ?? index
  if (name === names.DEFAULT_ROUTE_NAME) {
    return {
      message: `${DUPLICATE_NAMES}: ${showValue(name)} is the name of the default route`,
      remedy: 'choose another name; spec.defaultRoute switches the default route on',
    }
  }
  if (first < index) {
    return {
      message: `${DUPLICATE_NAMES}: ${showValue(name)} is also the name of spec.routes[${first}]`,
      remedy: 'give each route a name of its own',
    }
  }
  return isDnsName(name)
    ? undefined
    : { message: wrongName(name), remedy: 'give the route a name that a Route can have' }
}

const hostProblem = (firsts: FirstPlaces, index: number, hostname: string) => {
  const first = firsts.get(hostname) ?? index
  if (hostname === '') return undefined
  if (first < index) {
    return {
      message: `${showValue(hostname)} is also the host name of spec.routes[${first}]`,
      remedy: 'give each route a host name of its own, or remove one of the routes',
    }
  }
  return isDnsName(hostname)
    ? undefined
    : {
        message: `must be a host name (${DNS_NAME}), got ${showValue(hostname)}`,
        remedy: 'correct it, or remove it to have one generated',
      }
}

/** What is wrong with the routes, each on its own and with one another. */
export const routeProblems = (routes: ReadonlyArray<Route>): ReadonlyArray<Problem> => {
  const names = firstPlaces(routes.map(({ name }) => name))
  const hosts = firstPlaces(routes.map(({ hostname }) => hostname))
  return routes.flatMap(({ name, hostname = '' }, index) => {
    const aboutName = name === undefined ? undefined : nameProblem(names, index, name)
    const aboutHost = hostProblem(hosts, index, hostname)
    const path = `spec.routes[${index}]`
    return [
      ...(aboutName === undefined ? [] : [{ path: `${path}.name`, ...aboutName }]),
      ...(aboutHost === undefined ? [] : [{ path: `${path}.hostname`, ...aboutHost }]),
    ]
  })
}
