import { redact, withCredentialReadings, type ReadYaml } from '@image-registry-operator/render'
import type { KubeObject } from '@image-registry-operator/render/model'
import { cloudsDocument, describeCloudsProblem } from '@image-registry-operator/storage-drivers'
import * as E from 'fp-ts/Either'
import { flow } from 'fp-ts/function'

import { readCertificate } from './read-certificate'

const readYaml: ReadYaml = flow(cloudsDocument, E.mapLeft(describeCloudsProblem))

const decodeBase64 = (text: string): string => Buffer.from(text, 'base64').toString('utf8')

/** An object with digests in place of its secret values, and with what credentials and certificates say that is no secret. */
export const redacted: (object: KubeObject) => KubeObject = flow(
  withCredentialReadings({ readYaml, readCertificate, decodeBase64 }),
  redact,
)
