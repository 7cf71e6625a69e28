import { createPrivateKey, X509Certificate } from 'node:crypto'

import type { ReadCertificate } from '@image-registry-operator/render'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import { rfc3339 } from './rfc3339'

/** How Node lists the names of a certificate: `DNS:a, IP Address:10.0.0.1`; what is strange it puts in quotation marks. */
const namesIn = (list: string | undefined): ReadonlyArray<string> =>
  (list ?? '').split(', ').flatMap((entry) => {
    const [, name] = /^(?:DNS|IP Address):(.+)$/.exec(entry) ?? []
    return name === undefined ? [] : [name]
  })

const fits = (certificate: X509Certificate, key: string): boolean =>
  pipe(
    E.tryCatch(
      () => certificate.checkPrivateKey(createPrivateKey(key)),
      () => false,
    ),
    E.toUnion,
  )

const said = (certificate: X509Certificate, key: string) => ({
  notBefore: rfc3339(Date.parse(certificate.validFrom)),
  notAfter: rfc3339(Date.parse(certificate.validTo)),
  names: namesIn(certificate.subjectAltName),
  fits: fits(certificate, key),
})

/** Of several certificates the first counts: it is that of the server. */
export const readCertificate: ReadCertificate = (text, key) =>
  E.tryCatch(
    () => said(new X509Certificate(text), key),
    () => 'is no certificate',
  )
