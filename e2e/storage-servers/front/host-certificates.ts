import { createSecureContext, type SecureContext } from 'node:tls'

import { certificateFrom, type CertificateAuthority } from '../../cluster/certificates'

/** Makes the certificate of a host when it is asked for, once. */
export const hostCertificates = (
  authority: CertificateAuthority,
): ((host: string) => Promise<SecureContext>) => {
  const made = new Map<string, Promise<SecureContext>>()
  const make = async (host: string): Promise<SecureContext> => {
    const { certificate, privateKey } = await certificateFrom(authority, {
      commonName: host,
      hosts: [host],
    })
    return createSecureContext({ cert: certificate, key: privateKey })
  }
  return (host) => {
    const context = made.get(host) ?? make(host)
    made.set(host, context)
    return context
  }
}
