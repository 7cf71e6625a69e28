const LONGEST = 400

/** A message of a service in one line, without what differs from one answer to the next. */
export const stableMessage = (text: string): string =>
  text
    .replace(/encoded authorization failure message:.*$/is, '')
    .replace(/\(?\b(request|host)[ -]?id\b\s*[:=]?\s*[\w+/=-]+\)?[,;]?/gi, '')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?|\b\d{8}T\d{6}Z/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST)
