import { certificateAuthority, certificateFrom } from '../../cluster/certificates'
import type { GivenObject } from './pod-spec'

/** A certificate for a registry, and how to trust it. */
export type ServingCertificate = Readonly<{
  /** The Secret that OpenShift's service CA would have made. */
  secret: GivenObject
  authorities: string
}>

const NAME = 'image-registry-tls'

/** A new certificate for the registry's Service, and for the address at which it is reached here. */
export const servingCertificate = async (): Promise<ServingCertificate> => {
  const authority = await certificateAuthority('service authority of the registry')
  const { certificate, privateKey } = await certificateFrom(authority, {
    commonName: 'image-registry.openshift-image-registry.svc',
    hosts: ['image-registry.openshift-image-registry.svc', 'localhost', '127.0.0.1'],
  })
  return {
    secret: {
      kind: 'Secret',
      metadata: { name: NAME },
      stringData: { 'tls.crt': certificate, 'tls.key': privateKey },
    },
    authorities: authority.certificate,
  }
}

/** The objects with this certificate in place of any other of the registry. */
export const withCertificate = (
  objects: ReadonlyArray<GivenObject>,
  { secret }: ServingCertificate,
): ReadonlyArray<GivenObject> => [
  ...objects.filter(({ kind, metadata }) => kind !== 'Secret' || metadata.name !== NAME),
  secret,
]
