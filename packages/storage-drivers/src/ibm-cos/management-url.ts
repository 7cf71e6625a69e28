const withoutSlash = (endpoint: string): string => endpoint.replace(/\/+$/, '')

/** Where tokens are given out. The endpoint may be that of IAM, or already the whole address. */
export const tokenUrl = (iamEndpoint: string): URL => {
  const base = withoutSlash(iamEndpoint)
  return new URL(base.endsWith('/identity/token') ? base : `${base}/identity/token`)
}

/**
 * An address of the resource controller or the resource manager. Their endpoint may, or may not, name the version:
 * both are in use.
 */
export const managementUrl = (
  endpoint: string,
  path: string,
  query: { readonly [name: string]: string } = {},
): URL => {
  const url = new URL(`${withoutSlash(endpoint).replace(/\/v2$/, '')}/v2/${path}`)
  url.search = new URLSearchParams(query).toString()
  return url
}

/** The next page of a list, which its answer names relative to the service; undefined on the last one. */
export const nextPageUrl = (page: URL, nextUrl: string): URL | undefined => {
  const start =
    nextUrl !== '' && URL.canParse(nextUrl, page.href)
      ? new URL(nextUrl, page).searchParams.get('start')
      : null
  if (start === null || start === page.searchParams.get('start')) return undefined
  // The rest is asked for as before: what an answer says is no reason to send a token to another host.
  const next = new URL(page)
  next.searchParams.set('start', start)
  return next
}
