import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import { type FactProblem, type ImportMode, names, type Release } from '../../model'

import { clusterArchitecture, clusterVersion } from '../platform/cluster-version'
import type { ForeignReadings } from '../readings'

type Readings = Pick<ForeignReadings, 'featureGates' | 'clusterVersions'>

/** What an image says that was built of no release: the version of the cluster counts then. */
const SNAPSHOT = '0.0.1-snapshot'
const GATE = 'ImageStreamImportMode'

/** How image streams import; undefined where this version of the cluster does not have that choice. */
export const importMode = (
  readings: Readings,
  release: Release,
  asked: string,
): E.Either<FactProblem, ImportMode | undefined> =>
  pipe(
    gatedVersion(readings, release),
    E.flatMap((version) => hasChoice(readings, version)),
    E.flatMap((choice) => (choice ? chosenMode(readings, asked) : E.right(undefined))),
  )

const gatedVersion = (
  readings: Readings,
  { imageVersion }: Release,
): E.Either<FactProblem, string> => {
  const isOwn = imageVersion !== '' && imageVersion !== SNAPSHOT
  const version = isOwn ? imageVersion : clusterVersion(readings)
  return version === '' ? E.left({ _tag: 'ClusterVersionMissing' }) : E.right(version)
}

/** What other versions have says nothing: only the entry of just this one counts. */
const hasChoice = ({ featureGates }: Readings, version: string): E.Either<FactProblem, boolean> => {
  const gates = featureGates
    .find(({ object }) => object.metadata.name === names.SINGLETON_NAME)
    ?.read.status?.featureGates?.find((entry) => entry.version === version)
  return gates === undefined
    ? E.left({ _tag: 'FeatureGatesMissing', version })
    : E.right((gates.enabled ?? []).some(({ name }) => name === GATE))
}

/** Nodes of several architectures need all the images of a list, and not only that of one of them. */
const chosenMode = (readings: Readings, asked: string): E.Either<FactProblem, ImportMode> => {
  if (asked === 'Legacy' || asked === 'PreserveOriginal') return E.right(asked)
  const architecture = clusterArchitecture(readings)
  return architecture === undefined
    ? E.left({ _tag: 'ClusterVersionMissing' })
    : E.right(architecture === 'Multi' ? 'PreserveOriginal' : 'Legacy')
}
