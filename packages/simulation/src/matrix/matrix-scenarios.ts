import { isJsonObject, type JsonObject } from '@image-registry-operator/render/model'

import type { Setting } from '../edit-trial'
import { LONGER_SCENARIOS } from '../longer-scenarios'
import { SCENARIOS, type Scenario } from '../scenarios'
import { KUBERNETES, OPENSHIFT } from '../settings'

/** A scenario, and where it belongs in the table. */
export type MatrixScenario = { readonly group: string; readonly scenario: Scenario }

const STORAGES: { readonly [key: string]: string } = {
  emptyDir: 'emptyDir',
  pvc: 'a claim',
  s3: 'S3',
  gcs: 'Google Cloud Storage',
  azure: 'Azure',
  swift: 'Swift',
  ibmcos: 'IBM Cloud Object Storage',
}

const specOf = ({ objects }: Scenario): JsonObject => {
  const spec = objects.find(({ kind }) => kind === 'Config')?.['spec']
  return isJsonObject(spec) ? spec : {}
}

/** The storage that a scenario is about; empty where there is none. */
const storageOf = (scenario: Scenario): string => {
  const { storage } = specOf(scenario)
  const [key = ''] = Object.keys(isJsonObject(storage) ? storage : {}).filter(
    (one) => STORAGES[one] !== undefined,
  )
  return STORAGES[key] ?? ''
}

const inGroup =
  (platform: string) =>
  (scenario: Scenario): MatrixScenario => {
    const { managementState } = specOf(scenario)
    const storage = managementState === 'Managed' ? storageOf(scenario) : ''
    return { group: `${platform}, ${storage === '' ? 'no registry' : storage}`, scenario }
  }

/** What emptyDir and S3 do not show: the other storages, one wish each that is made and one that is somebody’s. */
const ON_OPENSHIFT: ReadonlyArray<string> = [
  'a claim of somebody',
  'Google that is made',
  'Google of somebody',
  'Azure that is made',
  'Azure of somebody',
  'Swift that is made',
  'Swift of somebody',
  'IBM that is made',
  'IBM of somebody',
]

/** One of each storage, and of each way in. */
const ON_KUBERNETES: ReadonlyArray<string> = [
  'emptyDir',
  'a claim that is made',
  'S3 that is made',
  'S3 of somebody',
  'Google of somebody',
  'Azure of somebody with his key',
  'nothing',
  'an Ingress',
  'a clean-up',
]

const chosen = ({ scenarios }: Setting, names: ReadonlyArray<string>): ReadonlyArray<Scenario> =>
  names.map((name) => {
    const found = [...scenarios.values()].find((one) => one.name === name)
    if (found === undefined) throw new Error(`nobody wishes for ${name}`)
    return found
  })

/** Everything that the matrix plays. A seed takes the one whose place is the rest of its division by their number. */
export const MATRIX: ReadonlyArray<MatrixScenario> = [
  ...[...SCENARIOS, ...chosen(OPENSHIFT, ON_OPENSHIFT)].map(inGroup('OpenShift')),
  ...chosen(KUBERNETES, ON_KUBERNETES).map(inGroup('plain Kubernetes')),
  ...LONGER_SCENARIOS.map((scenario) =>
    inGroup(scenario.cluster === undefined ? 'OpenShift' : 'plain Kubernetes')(scenario),
  ),
]
