type Query = { readonly [name: string]: string }

const withQuery = (url: string, query: Query): URL => {
  const search = new URLSearchParams(query).toString()
  return new URL(search === '' ? url : `${url}?${search}`)
}

const STORAGE = 'https://storage.googleapis.com/storage/v1/b'

/** All buckets of a project, for a new one. */
export const bucketsUrl = (project: string): URL => withQuery(STORAGE, { project })

export const bucketUrl = (bucket: string, query: Query = {}): URL =>
  withQuery(`${STORAGE}/${encodeURIComponent(bucket)}`, query)

/** The objects in it, each with all of its versions. */
export const objectsUrl = (bucket: string, query: Query): URL =>
  withQuery(`${STORAGE}/${encodeURIComponent(bucket)}/o`, { versions: 'true', ...query })

/** One version of an object. */
export const objectUrl = (bucket: string, name: string, generation: string): URL =>
  withQuery(`${STORAGE}/${encodeURIComponent(bucket)}/o/${encodeURIComponent(name)}`, {
    generation,
  })

/**
 * Tags are kept where the bucket is, and asked for there. A location is a word; what is none goes nowhere else
 * than to Google, which refuses it.
 */
export const tagsUrl = (location: string, path: string, query: Query = {}): URL => {
  const place = location.toLowerCase()
  const prefix = /^[a-z0-9-]+$/.test(place) ? `${place}-` : ''
  return withQuery(`https://${prefix}cloudresourcemanager.googleapis.com/v3/${path}`, query)
}
