// The library injects its dependencies by metadata that only this makes available.
import 'reflect-metadata'

import { webcrypto } from 'node:crypto'
import { isIPv4 } from 'node:net'

import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  type JsonGeneralNames,
  type JsonName,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

/** A certificate and its key, both as PEM. Elliptic keys: they are made in a millisecond. */
export type Certificate = Readonly<{ certificate: string; privateKey: string }>

/** A certificate that may sign others, with the name it signs by. */
export type CertificateAuthority = Certificate & Readonly<{ name: string }>

export type CertificateRequest = Readonly<{
  commonName: string
  /** To Kubernetes, the groups of a user. */
  organizations?: ReadonlyArray<string>
  /** DNS names and IPv4 addresses of a server; a certificate without any is a client's. */
  hosts?: ReadonlyArray<string>
}>

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

const keyPair = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

const exported = async (key: webcrypto.CryptoKey): Promise<string> =>
  key.type === 'private'
    ? PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')
    : PemConverter.encode(await webcrypto.subtle.exportKey('spki', key), 'PUBLIC KEY')

const privateKeyFrom = (pem: string): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(pem), algorithm, false, ['sign'])

const pair = async (
  certificate: X509Certificate,
  { privateKey }: webcrypto.CryptoKeyPair,
): Promise<Certificate> => ({
  certificate: `${certificate.toString('pem')}\n`,
  privateKey: `${await exported(privateKey)}\n`,
})

// From an hour ago, for machines whose clocks differ; ten years, since nothing here outlives a test.
const validity = (): Readonly<{ notBefore: Date; notAfter: Date }> => ({
  notBefore: new Date(Date.now() - 3_600_000),
  notAfter: new Date(Date.now() + 10 * 365 * 86_400_000),
})

const subject = ({ commonName, organizations = [] }: CertificateRequest): JsonName => [
  ...organizations.map((organization) => ({ O: [organization] })),
  { CN: [commonName] },
]

const alternativeNames = (hosts: ReadonlyArray<string>): JsonGeneralNames =>
  hosts.map((value) => ({ type: isIPv4(value) ? 'ip' : 'dns', value }))

const endEntityExtensions = (hosts: ReadonlyArray<string>): Extension[] =>
  hosts.length === 0
    ? [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])]
    : [
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(alternativeNames(hosts)),
      ]

/** A public and a private key without a certificate, as tokens are signed with. */
export const signingKeys = async (): Promise<
  Readonly<{ publicKey: string; privateKey: string }>
> => {
  const keys = await keyPair()
  return {
    publicKey: await exported(keys.publicKey),
    privateKey: await exported(keys.privateKey),
  }
}

export const certificateAuthority = async (
  authorityName: string,
): Promise<CertificateAuthority> => {
  const keys = await keyPair()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: subject({ commonName: authorityName }),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
    ...validity(),
  })
  return { name: authorityName, ...(await pair(certificate, keys)) }
}

/** A server's certificate where hosts are given, a client's otherwise. */
export const certificateFrom = async (
  authority: CertificateAuthority,
  request: CertificateRequest,
): Promise<Certificate> => {
  const keys = await keyPair()
  const certificate = await X509CertificateGenerator.create({
    subject: subject(request),
    issuer: subject({ commonName: authority.name }),
    publicKey: keys.publicKey,
    signingKey: await privateKeyFrom(authority.privateKey),
    signingAlgorithm: algorithm,
    extensions: endEntityExtensions(request.hosts ?? []),
    ...validity(),
  })
  return pair(certificate, keys)
}
