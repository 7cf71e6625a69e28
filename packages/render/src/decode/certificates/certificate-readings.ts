import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import type { CertificateReading, CredentialReading } from '../../model'
import { certificatesIn } from './certificates-in'

/** What a certificate says of itself, and whether the key fits; or what is wrong with it, without a word of what stands in it. */
export type ReadCertificate = (
  certificate: string,
  key: string,
) => E.Either<string, CertificateReading & { readonly fits: boolean }>

type Texts = { readonly [key: string]: string }

const textOf = (texts: Texts, key: string): string =>
  Object.hasOwn(texts, key) ? (texts[key] ?? '') : ''

const certificate = (text: string, key: string, read: ReadCertificate): CredentialReading =>
  pipe(
    read(text, key),
    E.match(
      (problem): CredentialReading => ({ _tag: 'Unreadable', problem }),
      (said): CredentialReading => ({ _tag: 'Certificate', pem: certificatesIn(text), ...said }),
    ),
  )

/** What a Secret with a certificate says that is no secret: of its certificate, and of the authority of that. */
export const certificateReadings =
  (read: ReadCertificate) =>
  (texts: Texts): { readonly [key: string]: CredentialReading } => {
    const [own, authority] = [textOf(texts, 'tls.crt'), textOf(texts, 'ca.crt')]
    return {
      ...(authority === ''
        ? {}
        : { 'ca.crt': { _tag: 'Certificates', pem: certificatesIn(authority) } }),
      ...(own === '' ? {} : { 'tls.crt': certificate(own, textOf(texts, 'tls.key'), read) }),
    }
  }
