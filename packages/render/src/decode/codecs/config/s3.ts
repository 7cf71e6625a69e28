import { boolean } from '../../../schema/boolean'
import { duration } from '../../../schema/duration'
import { integer } from '../../../schema/integer'
import { atomic, withDefault } from '../../../schema/modifiers'
import { object, optionalObject } from '../../../schema/object'
import { shapedString, string } from '../../../schema/string'

const CLOUD_FRONT = object(
  'Serve downloads through CloudFront, the content delivery network of AWS.',
  {
    required: {
      baseURL: string('Address of the CloudFront distribution, with its scheme.'),
      keypairID: string('Identity of the key pair that signs addresses.'),
      privateKey: atomic(
        object('Which Secret entry holds the private key that signs addresses.', {
          required: { key: string('Key in the Secret.') },
          optional: {
            name: withDefault(string('Name of the Secret.'), ''),
            optional: boolean('Whether the Secret or the key may be missing.'),
          },
        }),
      ),
    },
    optional: { duration: duration('How long a signed address is valid.') },
  },
)

/** Images in an S3 bucket. */
export const S3 = optionalObject('Keep images in an S3 bucket.', {
  bucket: string('Name of the bucket. Empty: the operator makes one and writes its name here.'),
  chunkSizeMiB: integer('Size of the parts of an upload, in MiB.', {
    format: 'int32',
    maximum: 5120,
    minimum: 5,
  }),
  cloudFront: CLOUD_FRONT,
  encrypt: boolean('Whether the bucket encrypts what it stores.'),
  keyID: string('Identity of the KMS key to encrypt with. Only looked at when encrypt is true.'),
  region: string('Region of the bucket. Empty: that of the cluster.'),
  regionEndpoint: string('Address of an S3 service other than that of AWS.'),
  trustedCA: optionalObject(
    'ConfigMap in the namespace openshift-config with certificates that the S3 service is trusted by.',
    {
      name: shapedString('Name of the ConfigMap. Its key is ca-bundle.crt. Empty: none.', {
        maxLength: 253,
        pattern: '^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
        inWords: 'a name of lower-case letters, digits, dashes and dots, at most 253 characters',
      }),
    },
  ),
  virtualHostedStyle: boolean('Whether the bucket is part of the host name instead of the path.'),
})
