import {
  isJsonObject,
  keyOf,
  names,
  objectRef,
  type JsonObject,
  type KubeObject,
  type Observation,
  type Storage,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'

import type { Pass } from '../pipeline/pass'
import type { PrunerState, StorageType } from '../telemetry/metrics'

const TYPES: { readonly [Tag in Storage['_tag']]: StorageType } = {
  EmptyDir: 'EmptyDir',
  Pvc: 'PVC',
  S3: 'S3',
  Gcs: 'GCS',
  Azure: 'Azure',
  Swift: 'Swift',
  IbmCos: 'IBMCOS',
}

/** Where images are to be kept; undefined while the Config does not say so. */
export const storageType = ({ config }: Observation): StorageType | undefined =>
  E.isRight(config) ? TYPES[config.right.storage._tag] : undefined

const PRUNER = keyOf(objectRef('batch/v1', 'CronJob', names.PRUNER_NAME, names.REGISTRY_NAMESPACE))

/** Whether images are cleaned up. */
export const prunerState = ({ live }: Pick<Observation, 'live'>): PrunerState => {
  const job = live.get(PRUNER)
  if (job === undefined) return 'absent'
  return isJsonObject(job['spec']) && job['spec']['suspend'] === true ? 'suspended' : 'scheduled'
}

/** The fields that say which place it is, of the kinds of storage that have several. */
const PLACES = ['claim', 'bucket', 'container']

/** Kind and place; undefined where nothing is said. */
const placeOf = (object: KubeObject | undefined): string | undefined => {
  const status = object?.['status']
  const storage = isJsonObject(status) ? status['storage'] : undefined
  const { managementState: _state, ...kinds }: JsonObject = isJsonObject(storage) ? storage : {}
  const [first] = Object.entries(kinds)
  if (first === undefined) return undefined
  const [kind, where] = first
  return JSON.stringify([kind, PLACES.map((field) => (isJsonObject(where) ? where[field] : ''))])
}

/** The Config as its status was written in this pass, if it was. */
export const writtenConfig = ({ written }: Pick<Pass, 'written'>): KubeObject | undefined =>
  written
    .flatMap((result) => (E.isRight(result) ? [result.right] : []))
    .find(({ kind }) => kind === 'Config')

/** Images were somewhere, and are somewhere else from now on. */
export const isReconfigured = (pass: Pick<Pass, 'written' | 'observation'>): boolean => {
  const before = placeOf(pass.observation.subject)
  const after = placeOf(writtenConfig(pass))
  return before !== undefined && after !== undefined && before !== after
}
