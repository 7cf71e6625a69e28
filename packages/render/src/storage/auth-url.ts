const ADDRESS = /^(?:(https?):\/\/)?([^/?#]+)(\/[^?#]*)?$/i
const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?$/
const VERSION = /^v[123]/

/** No server takes an address that is longer; and nobody has to wait for what is none. */
const LONGEST = 2048

const DEFAULT_PORTS: { readonly [scheme: string]: string } = { http: ':80', https: ':443' }

const withoutDefaultPort = (host: string, scheme: string): string => {
  const port = DEFAULT_PORTS[scheme] ?? ''
  return port !== '' && host.endsWith(port) ? host.slice(0, -port.length) : host
}

const segments = (path: string): ReadonlyArray<string> =>
  path
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .reduce<ReadonlyArray<string>>(
      (before, segment) => (segment === '..' ? before.slice(0, -1) : [...before, segment]),
      [],
    )

const versioned = (path: string, version: number): string => {
  const parts = segments(path)
  const isComplete = [parts[0], parts.at(-1)].some((part) => VERSION.test(part ?? ''))
  const end = isComplete && path.endsWith('/') ? '/' : ''
  return [...parts, ...(isComplete ? [] : [`v${version}`])].map((part) => `/${part}`).join('') + end
}

/**
 * The address of an identity service in its plain form, with the version of the service in its path; undefined when it is
 * no address. Other than for the original, the service may be below a path: `https://host/identity`.
 */
export const authUrl = (text: string, version: number): string | undefined => {
  const address = text.length <= LONGEST ? ADDRESS.exec(text) : null
  const [, givenScheme = 'http', givenHost = '', path = ''] = address ?? []
  const scheme = givenScheme.toLowerCase()
  const host = givenHost.toLowerCase()
  return HOST.test(host)
    ? `${scheme}://${withoutDefaultPort(host, scheme)}${versioned(path, version)}`
    : undefined
}
