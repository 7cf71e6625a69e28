const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/

/** A DNS-1123 subdomain: what the API server accepts as a name, and routers as a host name. */
export const isDnsName = (text: string): boolean =>
  text.length <= 253 && text.split('.').every((label) => LABEL.test(label))

/** The same in words, for messages. */
export const DNS_NAME = 'lower-case letters, digits, dashes and dots, at most 253 characters'
