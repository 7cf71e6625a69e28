import { withDefault, withRule } from '../../../schema/modifiers'
import { object, optionalObject } from '../../../schema/object'
import { choice, shapedString, string } from '../../../schema/string'

import { CONTAINER_NAME } from './azure'

const ENCRYPTION = optionalObject('How the bucket encrypts what it stores.', {
  kms: object('The key, for the method KMS.', {
    required: {
      keyID: shapedString('Identity of the key.', { minLength: 1, inWords: 'not empty' }),
    },
    optional: {},
  }),
  method: withDefault(choice('Who manages the key.', ['KMS', 'AES256']), 'AES256'),
})

const CHECKED_ENCRYPTION = withRule(ENCRYPTION, {
  cel: "has(self.method) && self.method == 'KMS' ? has(self.kms) : !has(self.kms)",
  message: 'kms is required when method is KMS, and forbidden otherwise',
  remedy: 'set method to KMS and name the key in kms, or remove kms',
  holds: ({ method, kms }) => (method === 'KMS') === (kms !== undefined),
})

const ossOf = (encryption: typeof ENCRYPTION) =>
  optionalObject('Keep images in an Alibaba Cloud bucket. No longer supported.', {
    bucket: shapedString('Name of the bucket.', CONTAINER_NAME),
    encryption,
    endpointAccessibility: withDefault(
      choice('From where the bucket is reached.', ['Internal', 'Public', '']),
      'Internal',
    ),
    region: string('Region of the bucket.'),
  })

/** Alibaba Cloud storage as a wish: encryption is checked. */
export const OSS = ossOf(CHECKED_ENCRYPTION)

/** Alibaba Cloud storage as reported: old reports are not checked. */
export const REPORTED_OSS = ossOf(ENCRYPTION)
