import * as E from 'fp-ts/Either'
import { expect, it } from 'vitest'

import { identityDocument } from './identity-document'

const PEM = '-----BEGIN PRIVATE KEY-----\nnot-to-be-seen\n-----END PRIVATE KEY-----\n'

it('reads an identity with a certificate, plain or in base64', () => {
  const expected = { clientId: 'c', tenantId: 't', certificate: PEM, authority: 'https://login/' }
  const document = { clientID: 'c', tenantID: 't', authenticationEndpoint: 'https://login/' }
  const encoded = Buffer.from(PEM).toString('base64')
  for (const clientSecret of [PEM, encoded])
    expect(identityDocument(JSON.stringify({ ...document, clientSecret }))).toEqual(
      E.right(expected),
    )
})

it('reads the names that the service itself gives the fields', () => {
  const document = { client_id: 'c', tenant_id: 't', client_secret: PEM }
  expect(identityDocument(JSON.stringify(document))).toMatchObject(E.right({ authority: '' }))
})

it('says what is wrong, and quotes nothing', () => {
  const wrong = ['', 'no JSON', '[]', '{"clientID":"c"}', '{"clientID":"c","tenantID":"t"}']
  for (const text of wrong) expect(E.isLeft(identityDocument(text))).toBe(true)
  const bundle = JSON.stringify({
    clientID: 'c',
    tenantID: 't',
    clientSecret: 'bm90LXRvLWJlLXNlZW4=',
  })
  const refused = identityDocument(bundle)
  expect(E.isLeft(refused)).toBe(true)
  expect(JSON.stringify(refused)).not.toMatch(/not-to-be-seen|bm90/)
})
