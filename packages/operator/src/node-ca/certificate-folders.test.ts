import { describe, expect, it } from 'vitest'

import { folderOf, isForNodes } from './certificate-folders'

describe('the folder of a certificate', () => {
  it.each([
    ['reg.example.com..5000', 'reg.example.com:5000'],
    ['reg.example.com', 'reg.example.com'],
    ['a..b..c', 'a..b:c'],
    ['a...5000', 'a.:5000'],
    ['a..', 'a:'],
  ])('D16: of %s is %s', (file, folder) => {
    expect(folderOf(file)).toBe(folder)
  })

  it.each(['..data', '..2026_01_01', 'storage-ca-bundle.pem', '.image-registry-operator.json'])(
    'is not made for %s',
    (file) => {
      expect(isForNodes(file)).toBe(false)
    },
  )

  it('is made for every registry', () => {
    expect(['reg.example.com..5000', 'quay.io', '.hidden'].every(isForNodes)).toBe(true)
  })
})
