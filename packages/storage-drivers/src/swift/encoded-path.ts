/** Whether a segment of a path leads elsewhere, also in disguise: to whoever on the way tidies paths up. */
export const isStep = (segment: string): boolean => segment === '.' || segment === '..'

/** A name as one segment of a path. Half a character, which no name can have, becomes a replacement character. */
export const encodedName = (name: string): string =>
  encodeURIComponent(Buffer.from(name, 'utf8').toString('utf8'))

/**
 * A name of an object as the end of a path. Its slashes stay, as not everybody lets them pass in disguise; but not where
 * what is between them might be tidied up, which would make it the path of something else.
 */
export const encodedObject = (name: string): string => {
  const segments = name.split('/')
  return segments.some((segment) => segment === '' || isStep(segment))
    ? encodedName(name)
    : segments.map(encodedName).join('/')
}
