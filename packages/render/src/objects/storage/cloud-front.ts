import * as E from 'fp-ts/Either'

import {
  type ClusterFacts,
  type CloudFront,
  envScalar,
  names,
  type RenderProblem,
  type S3Storage,
} from '../../model'
import { contentDigests } from '../content-digests'
import { durationText } from '../deployment/duration-text'
import { variable, type Variables } from '../deployment/variable'
import { readOnly, type Volume, volume } from '../deployment/volume'

const MOUNT_PATH = '/etc/docker/cloudfront'
const KEY_FILE = 'private.pem'

/** The registry's own, which the original spells out. */
const DEFAULT_DURATION = '1200s'

/** The settings of the delivery network, where there is one: a list in YAML, with the fields in the original's order. */
export const cloudFrontVariables = ({ cloudFront }: S3Storage): Variables =>
  cloudFront === undefined ? [] : [variable('REGISTRY_MIDDLEWARE_STORAGE', middleware(cloudFront))]

const middleware = ({ baseUrl, keypairId, durationNs }: CloudFront): string =>
  [
    '- name: cloudfront',
    '  options:',
    `    baseurl: ${envScalar(baseUrl)}`,
    `    privatekey: ${MOUNT_PATH}/${KEY_FILE}`,
    `    keypairid: ${envScalar(keypairId)}`,
    `    duration: ${durationNs === 0n ? DEFAULT_DURATION : durationText(durationNs)}`,
    '    ipfilteredby: none',
  ].join('\n')

/** The key that signs, as a file. */
export const cloudFrontVolumes = ({ cloudFront }: S3Storage): ReadonlyArray<Volume> =>
  cloudFront === undefined ? [] : [keyVolume(cloudFront)]

const keyVolume = ({ privateKey: { secret, key } }: CloudFront): Volume =>
  readOnly(
    volume('registry-cloudfront', MOUNT_PATH, {
      secret: { secretName: secret, items: [{ key, path: KEY_FILE }], optional: false },
    }),
  )

/** The Secret with that key, where there is to be one. No pod starts without it. */
export const cloudFrontSecret = (
  { cloudFront }: S3Storage,
  facts: ClusterFacts,
): E.Either<RenderProblem, ReadonlyArray<string>> => {
  if (cloudFront === undefined) return E.right([])
  const { secret: name, key } = cloudFront.privateKey
  const namespace = names.REGISTRY_NAMESPACE
  return contentDigests(facts, 'Secret', { namespace, name })?.[key] === undefined
    ? E.left({ _tag: 'CredentialsMissing', namespace, names: [name], keys: [key] })
    : E.right([name])
}
