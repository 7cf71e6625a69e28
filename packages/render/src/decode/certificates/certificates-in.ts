const CERTIFICATE = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]*-----END CERTIFICATE-----/g

/** The certificates of a text, and nothing else of it: a private key could stand beside them. */
export const certificatesIn = (text: string): string =>
  (text.match(CERTIFICATE) ?? []).map((one) => `${one}\n`).join('')
