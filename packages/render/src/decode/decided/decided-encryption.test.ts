import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { type JsonObject, type KubeObject, names } from '../../model'
import { treeOf } from '../../testing/server-side-apply'
import { passOver, seenOf, somePlace, storageWorld, UID } from '../../testing/storage-world'

const S3 = somePlace('S3', true)
const OURS = { [names.CONFIG_UID_MARK]: UID }
const ON = { _tag: 'Found', value: { algorithm: 'AES256', bucketKey: true } }
const OFF = { _tag: 'Found', value: {} }
const error = { _tag: 'Unsupported', backend: 'S3', operation: 'x', code: 'y', message: '' }
const LACKING = { _tag: 'NotSupported', error }

const bucket = (encrypted: JsonObject, marks: JsonObject = OURS): ReadonlyArray<KubeObject> => [
  seenOf(S3.place, {
    sight: {
      parts: {
        bucket: {
          _tag: 'Present',
          marks,
          isEmpty: false,
          settings: { Encrypted: encrypted },
          details: {},
        },
      },
    },
  }),
]

/** Who says what of `encrypt`, where anybody does. */
type Said = { readonly encrypt: boolean; readonly by: string }

const withSaid = (config: KubeObject, { encrypt, by }: Said): KubeObject => ({
  ...config,
  metadata: {
    ...config.metadata,
    managedFields: [
      {
        manager: by,
        operation: 'Apply',
        fieldsV1: treeOf({ spec: { storage: { s3: { encrypt } } } }),
      },
    ],
  },
  spec: {
    managementState: 'Managed',
    replicas: 1,
    storage: { s3: { ...S3.storage['s3'], encrypt } },
  },
})

/** Whether the registry is to encrypt, and what we say of that in the Config. */
const decidedOf = (
  seen: ReadonlyArray<KubeObject>,
  said?: Said,
  recorded: JsonObject = S3.storage,
) => {
  const world = storageWorld(S3, { management: 'Managed', recorded }).map((object) =>
    object.kind === 'Config' && said !== undefined ? withSaid(object, said) : object,
  )
  const { config } = passOver([...world, ...seen]).observation
  if (E.isLeft(config)) throw new Error(JSON.stringify(config.left))
  const { storage, decisions } = config.right
  return {
    encrypts: storage._tag === 'S3' && storage.encrypt,
    says: decisions.spec['storage'],
  }
}

const byUs = { encrypt: true, by: names.FIELD_MANAGER }
const ELSEWHERE = { s3: { bucket: 'former', region: 'us-east-1' } }

describe('the encryption of a bucket', () => {
  it('is said in the Config once a bucket of ours has been seen to encrypt', () => {
    const { encrypts, says } = decidedOf(bucket(ON))
    expect(encrypts).toBe(true)
    expect(says).toMatchObject({ s3: { encrypt: true } })
    expect(decidedOf(bucket(OFF)).encrypts).toBe(false)
    expect(decidedOf([]).encrypts).toBe(false)
  })

  it('is not said of a bucket of somebody else', () => {
    const { encrypts, says } = decidedOf(bucket(ON, { team: 'mine' }))
    expect(encrypts).toBe(false)
    expect(says).not.toHaveProperty('s3.encrypt')
  })

  it('is what anybody else has said of it', () => {
    const { encrypts, says } = decidedOf(bucket(ON), { encrypt: false, by: 'kubectl-edit' })
    expect(encrypts).toBe(false)
    expect(says).not.toHaveProperty('s3.encrypt')
    const his = { encrypt: true, by: 'kubectl-edit' }
    expect(decidedOf(bucket(LACKING), his).encrypts).toBe(true)
  })

  it('stays said while nobody has looked, and while it is off for a moment', () => {
    ;[[], bucket(OFF), bucket(ON)].forEach((seen) => {
      expect(decidedOf(seen, byUs)).toMatchObject({
        encrypts: true,
        says: { s3: { encrypt: true } },
      })
    })
  })

  it('is taken back where another bucket is chosen, or the service does not have it', () => {
    ;[decidedOf([], byUs, ELSEWHERE), decidedOf(bucket(LACKING), byUs)].forEach((now) => {
      expect(now.encrypts).toBe(false)
      expect(now.says).not.toHaveProperty('s3.encrypt')
    })
    expect(decidedOf(bucket(ON), byUs, ELSEWHERE).encrypts).toBe(true)
  })
})
