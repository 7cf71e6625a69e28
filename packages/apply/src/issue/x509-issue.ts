import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'

import type {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { CertificateRequest } from '@image-registry-operator/render/model'

import type { Clock } from '../clock'
import type { Issue, IssuedPair, IssueMaterial } from '../perform/perform-deps'
import { newSigningKey, type SigningKey, signingKey } from './signing-key'

/** What is taken of the library. */
type X509 = {
  readonly AuthorityKeyIdentifierExtension: typeof AuthorityKeyIdentifierExtension
  readonly BasicConstraintsExtension: typeof BasicConstraintsExtension
  readonly ExtendedKeyUsage: typeof ExtendedKeyUsage
  readonly ExtendedKeyUsageExtension: typeof ExtendedKeyUsageExtension
  readonly KeyUsageFlags: typeof KeyUsageFlags
  readonly KeyUsagesExtension: typeof KeyUsagesExtension
  readonly SubjectAlternativeNameExtension: typeof SubjectAlternativeNameExtension
  readonly SubjectKeyIdentifierExtension: typeof SubjectKeyIdentifierExtension
  readonly X509Certificate: typeof X509Certificate
  readonly X509CertificateGenerator: typeof X509CertificateGenerator
}

/** Needed once in a month or two: only then is it read. It puts itself together by what the first one brings along. */
const library = async (): Promise<X509> => {
  await import('reflect-metadata')
  return import('@peculiar/x509')
}

const DAY_MS = 86_400_000

/** So much earlier a certificate begins to count, for clients whose clocks are late. */
const EARLIER_MS = 300_000

/** Of up to 20 that a serial number may have (RFC 5280, 4.1.2.2). */
const SERIAL_BYTES = 16

/** Neither negative, which its first bit would make it, nor zero. */
const serialNumber = (): string => `01${randomBytes(SERIAL_BYTES - 1).toString('hex')}`

/** Who signs: an authority, or what is to become one. */
type Signer = { readonly key: SigningKey; readonly certificate?: X509Certificate }

/** RFC 5280, 4.2.1: what it may be used for, in a way that strict clients accept. */
const uses = (x509: X509, { names }: CertificateRequest): ReadonlyArray<Extension> => {
  const { KeyUsageFlags: flag } = x509
  return names.length === 0
    ? [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(flag.keyCertSign | flag.cRLSign | flag.digitalSignature, true),
      ]
    : [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(flag.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
        ),
      ]
}

const identifiers = async (
  x509: X509,
  key: SigningKey,
  signer: Signer,
): Promise<ReadonlyArray<Extension>> => {
  const own = await x509.SubjectKeyIdentifierExtension.create(key.keys.publicKey)
  const said = signer.certificate?.getExtension(x509.SubjectKeyIdentifierExtension)
  const computed = await x509.SubjectKeyIdentifierExtension.create(signer.key.keys.publicKey)
  return [own, new x509.AuthorityKeyIdentifierExtension((said ?? computed).keyId)]
}

const authorityOf = async (
  x509: X509,
  { certificate, key: pem }: IssuedPair,
): Promise<E.Either<string, Signer>> => {
  const key = await signingKey(pem)
  if (key === undefined) return E.left('the key of the authority cannot be read; correct it')
  return E.tryCatch(
    () => ({ key, certificate: new x509.X509Certificate(certificate) }),
    () => 'the certificate of the authority cannot be read; correct it',
  )
}

const signed = async (
  x509: X509,
  request: CertificateRequest,
  { key, signer, nowMs }: { readonly key: SigningKey; readonly signer: Signer; nowMs: number },
): Promise<IssuedPair> => {
  const subject = [{ CN: [request.commonName] }]
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject,
    issuer: signer.certificate?.subjectName ?? subject,
    notBefore: new Date(nowMs - EARLIER_MS),
    notAfter: new Date(nowMs - EARLIER_MS + request.days * DAY_MS),
    publicKey: key.keys.publicKey,
    signingKey: signer.key.keys.privateKey,
    signingAlgorithm: signer.key.algorithm,
    extensions: [...uses(x509, request), ...(await identifiers(x509, key, signer))],
  })
  return { certificate: `${certificate.toString('pem')}\n`, key: key.pem }
}

const issued = async (
  request: CertificateRequest,
  { key: pem, authority }: IssueMaterial,
  nowMs: number,
): Promise<E.Either<string, IssuedPair>> => {
  const x509 = await library()
  const key = await (pem === undefined ? newSigningKey() : signingKey(pem))
  if (key === undefined) return E.left('its key cannot be read; correct it, or remove it')
  const signer = authority === undefined ? E.right({ key }) : await authorityOf(x509, authority)
  return E.isLeft(signer)
    ? signer
    : E.right(await signed(x509, request, { key, signer: signer.right, nowMs }))
}

/**
 * Issues certificates in this process: self-signed ones where no authority is given, which are authorities.
 *
 * Guarantees: a key that is given is kept, and so is the name of the authority, byte by byte. What went wrong is told without
 * what the library says of it: that could quote a key.
 */
export const x509Issue =
  ({ wallMs }: Pick<Clock, 'wallMs'>): Issue =>
  (request, material) =>
    pipe(
      TE.tryCatch(
        () => issued(request, material, wallMs()),
        () => 'the certificate could not be put together; look at the names in the Config',
      ),
      TE.flatMapEither((result) => result),
    )
