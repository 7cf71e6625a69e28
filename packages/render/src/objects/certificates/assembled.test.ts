import { expect, it } from 'vitest'

import { assembled, withStorage } from './assembled'

const OWN = { 'own..5000': 'service ca', 'long..5000': 'service ca' }
const NOBODY = { data: {}, binaryData: {} }

it('has nothing of a storage that everybody trusts', () => {
  expect(assembled(OWN, NOBODY, { authorities: '', forClients: '' })).toEqual({
    data: OWN,
    binaryData: {},
  })
})

it('has the storage on its own for the pods, and with the registry for those who are sent there', () => {
  const storage = { authorities: 'storage ca', forClients: 'storage ca' }
  const sent = {
    'own..5000': 'service ca\nstorage ca',
    'long..5000': 'service ca\nstorage ca',
  }
  expect(assembled(OWN, { data: { foo: 'foo' }, binaryData: {} }, storage).data).toEqual({
    ...sent,
    foo: 'foo',
    'storage-ca-bundle.pem': 'storage ca',
  })
  expect(withStorage(OWN, OWN, storage)).toEqual(sent)
})

it('has the storage for the pods alone where nobody is sent there', () => {
  expect(assembled(OWN, NOBODY, { authorities: 'storage ca', forClients: '' }).data).toEqual({
    ...OWN,
    'storage-ca-bundle.pem': 'storage ca',
  })
})

it('never has a key both as a text and as bytes', () => {
  const bytes = { 'own..5000': 'AAEC', 'storage-ca-bundle.pem': 'AAEC' }
  const storage = { authorities: 'storage ca', forClients: '' }
  expect(assembled(OWN, { data: {}, binaryData: bytes }, storage)).toEqual({
    data: { 'long..5000': 'service ca', 'storage-ca-bundle.pem': 'storage ca' },
    binaryData: { 'own..5000': 'AAEC' },
  })
})
