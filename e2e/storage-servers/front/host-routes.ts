import type { Upstream } from './upstream'

/**
 * Where requests for a host go. A host is `name`, `*.name`, or either with `:port`; without one, the port that the
 * scheme has is meant.
 */
export type HostRoutes = Readonly<Record<string, Upstream>>

/** A host as a request names it, without the port that goes without saying, in lower case. */
export const plainHost = (authority: string): string =>
  authority.toLowerCase().replace(/:(80|443)$/, '')

const matches = (pattern: string, host: string): boolean =>
  pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : pattern === host

/** The upstream of a host; undefined for one that nobody named. A whole name goes before a wildcard. */
export const upstreamOf = (routes: HostRoutes, host: string): Upstream | undefined =>
  routes[host] ?? Object.entries(routes).find(([pattern]) => matches(pattern, host))?.[1]
