type Query = { readonly [name: string]: string }

/**
 * Tags are kept where the bucket is, and asked for there. A location is a word; what is none goes nowhere else
 * than to Google, which refuses it.
 */
export const tagsUrl = (location: string, path: string, query: Query = {}): URL => {
  const place = location.toLowerCase()
  const prefix = /^[a-z0-9-]+$/.test(place) ? `${place}-` : ''
  const url = `https://${prefix}cloudresourcemanager.googleapis.com/v3/${path}`
  const search = new URLSearchParams(query).toString()
  return new URL(search === '' ? url : `${url}?${search}`)
}
