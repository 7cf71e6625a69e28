import * as E from 'fp-ts/Either'

import { type ClusterFacts, type ImageConfigFacts, names } from '../../model'

import { importMode } from './import-mode'
import type { ForeignReadings } from '../readings'

type Readings = Pick<ForeignReadings, 'images' | 'featureGates' | 'clusterVersions'>

/** What the cluster's image configuration asks for. */
export const imageConfigFacts = (
  readings: Readings,
  cluster: Pick<ClusterFacts, 'platform' | 'release'>,
): ImageConfigFacts => {
  const image = readings.images.find(({ object }) => object.metadata.name === names.SINGLETON_NAME)
  const { spec, status } = image?.read ?? {}
  return {
    exists: image !== undefined,
    additionalTrustedCa: spec?.additionalTrustedCA?.name ?? '',
    importMode: modeOn(cluster, readings, spec?.imageStreamImportMode),
    ...reported(status?.imageStreamImportMode),
  }
}

/** Plain Kubernetes has no image streams. */
const modeOn = (
  { platform, release }: Pick<ClusterFacts, 'platform' | 'release'>,
  readings: Readings,
  asked = '',
): ImageConfigFacts['importMode'] =>
  platform === 'OpenShift' ? importMode(readings, release, asked) : E.right(undefined)

const reported = (mode = ''): Pick<ImageConfigFacts, 'reportedImportMode'> =>
  mode === '' ? {} : { reportedImportMode: mode }
