import {
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto'
import { isIPv4 } from 'node:net'

import {
  bitString,
  explicit,
  implicit,
  integer,
  isTrue,
  objectIdentifier,
  octetString,
  sequence,
  set,
  utcTime,
  utf8String,
} from './der'

/**
 * Certificates written with what Node has, so that neither openssl nor a library is needed, and
 * KUBEBUILDER_ASSETS suffices without Go. Elliptic keys: they are made in a millisecond.
 */
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

type Subject = Pick<CertificateRequest, 'commonName' | 'organizations'>

const oid = {
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  keyUsage: '2.5.29.15',
  alternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
}

const signatureAlgorithm = sequence(objectIdentifier(oid.ecdsaWithSha256))

const attribute = (type: string, value: string): Buffer =>
  set(sequence(objectIdentifier(type), utf8String(value)))

const name = ({ commonName, organizations = [] }: Subject): Buffer =>
  sequence(
    ...organizations.map((organization) => attribute(oid.organization, organization)),
    attribute(oid.commonName, commonName),
  )

const extension = (id: string, isCritical: boolean, value: Buffer): Buffer =>
  sequence(objectIdentifier(id), ...(isCritical ? [isTrue] : []), octetString(value))

// keyCertSign and cRLSign are the bits 5 and 6, counted from the left.
const authorityExtensions = [
  extension(oid.basicConstraints, true, sequence(isTrue)),
  extension(oid.keyUsage, true, bitString(Buffer.from([0b00000110]), 1)),
]

const alternativeName = (host: string): Buffer =>
  isIPv4(host)
    ? implicit(7, Buffer.from(host.split('.').map(Number)))
    : implicit(2, Buffer.from(host))

const endEntityExtensions = (hosts: ReadonlyArray<string>): ReadonlyArray<Buffer> => {
  const usage = hosts.length > 0 ? oid.serverAuth : oid.clientAuth
  const usages = extension(oid.extendedKeyUsage, false, sequence(objectIdentifier(usage)))
  return hosts.length === 0
    ? [usages]
    : [usages, extension(oid.alternativeName, false, sequence(...hosts.map(alternativeName)))]
}

// From an hour ago, for machines whose clocks differ; ten years, since nothing here outlives a test.
const validity = (): Buffer =>
  sequence(
    utcTime(new Date(Date.now() - 3_600_000)),
    utcTime(new Date(Date.now() + 10 * 365 * 86_400_000)),
  )

type ToSign = Readonly<{
  subject: Subject
  issuer: string
  publicKey: KeyObject
  signingKey: KeyObject
  extensions: ReadonlyArray<Buffer>
}>

const toPem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${(bytes.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`

const signed = ({ subject, issuer, publicKey, signingKey, extensions }: ToSign): string => {
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    signatureAlgorithm,
    name({ commonName: issuer }),
    validity(),
    name(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions)),
  )
  const signature = sign('sha256', body, signingKey)
  return toPem(sequence(body, signatureAlgorithm, bitString(signature)))
}

type KeyPair = Readonly<{ publicKey: KeyObject; privateKey: KeyObject }>

const keyPair = (): KeyPair => generateKeyPairSync('ec', { namedCurve: 'P-256' })

const privatePem = (key: KeyObject): string =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString()

/** A public and a private key without a certificate, as tokens are signed with. */
export const signingKeys = (): Readonly<{ publicKey: string; privateKey: string }> => {
  const pair = keyPair()
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  return { publicKey, privateKey: privatePem(pair.privateKey) }
}

export const certificateAuthority = (authorityName: string): CertificateAuthority => {
  const { publicKey, privateKey } = keyPair()
  const certificate = signed({
    subject: { commonName: authorityName },
    issuer: authorityName,
    publicKey,
    signingKey: privateKey,
    extensions: authorityExtensions,
  })
  return { name: authorityName, certificate, privateKey: privatePem(privateKey) }
}

/** A server's certificate where hosts are given, a client's otherwise. */
export const certificateFrom = (
  authority: CertificateAuthority,
  request: CertificateRequest,
): Certificate => {
  const { publicKey, privateKey } = keyPair()
  const certificate = signed({
    subject: request,
    issuer: authority.name,
    publicKey,
    signingKey: createPrivateKey(authority.privateKey),
    extensions: endEntityExtensions(request.hosts ?? []),
  })
  return { certificate, privateKey: privatePem(privateKey) }
}
