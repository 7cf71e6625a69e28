import {
  describeOciError,
  type Image,
  image,
  type ImageConfig,
  layer,
} from '@image-registry-operator/oci-image'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { inputProblem, type InputProblem } from '../src/cli/input/input-problem'
import type { Architecture } from './architecture'
import type { ImagePart } from './image-parts'
import { NODE_ENVIRONMENT } from './node-settings'

/** How the operator's image is run: what `install` prints says the rest. */
const imageConfig = (version: string): ImageConfig => ({
  entrypoint: ['/usr/bin/cluster-image-registry-operator'],
  user: '65532:65532',
  environment: { PATH: '/usr/bin', ...NODE_ENVIRONMENT },
  labels: {
    'org.opencontainers.image.title': 'image-registry-operator',
    'org.opencontainers.image.description':
      'Puts a container image registry into a Kubernetes cluster, and keeps it right',
    'org.opencontainers.image.version': version,
    'org.opencontainers.image.licenses': 'Apache-2.0',
  },
})

/** The operator's image for one platform, a layer for each part. */
export const operatorImage = (
  architecture: Architecture,
  version: string,
  parts: ReadonlyArray<ImagePart>,
): TE.TaskEither<InputProblem, Image> =>
  pipe(
    parts,
    TE.traverseArray(({ purpose, entries }) => layer(purpose, entries)),
    TE.map((layers) => image({ os: 'linux', architecture }, imageConfig(version), layers)),
    TE.mapLeft((error) => inputProblem('the image', describeOciError(error), '')),
  )
