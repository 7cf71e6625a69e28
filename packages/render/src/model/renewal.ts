import type { CertificateReading } from './credential-reading'

/** What part of its life is left when a certificate is renewed. */
const REST = 1 / 3

/** When a certificate that we issue is to be renewed, in ms since 1970; NaN where its life cannot be read. */
export const renewalMs = ({
  notBefore,
  notAfter,
}: Pick<CertificateReading, 'notBefore' | 'notAfter'>): number => {
  const [start, end] = [Date.parse(notBefore), Date.parse(notAfter)]
  return end - (end - start) * REST
}
