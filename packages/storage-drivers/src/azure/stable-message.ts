// What every answer of Azure has of its own: who wants to read the same text twice cannot use it.
const OWN_OF_THE_REQUEST =
  /[\s,;-]*\(?\b(request ?id|time(stamp)?|trace id|correlation id|tracking id|activity ?id|client-request-id)\b\s*[:=]\s*['"]?(not available|[\w-]+([ T]?[\d:.]+Z?)?)['"]?\)?/gi

// Entra tells it in the middle of other things, and some of those twice.
const DESCRIPTION = /AADSTS\d+: .*?(?=[\s-]*(trace id|correlation id|timestamp):|$)/i

/** A message of Azure in one line, without what differs from one request to the next. */
export const stableMessage = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return (DESCRIPTION.exec(line)?.[0] ?? line).replace(OWN_OF_THE_REQUEST, '').trim()
}
