import { type ClusterFacts, type JsonObject, type KubeObject, type ManagementState } from '../model'

import { othersBelow, othersFields, type OthersFields } from './decided/others-fields'

/** What of the cluster decides what stands in a Config. */
export type DecidingFacts = Pick<
  ClusterFacts,
  | 'platform'
  | 'infrastructure'
  | 'tlsProfile'
  | 'claims'
  | 'storage'
  | 'contents'
  | 'defaultStorageClass'
  | 'release'
>

/** What a Config asks for, before anything is decided in it. */
export type Asked = {
  readonly subject: KubeObject
  readonly spec: JsonObject
  /** What of the spec others than us have set. */
  readonly others: OthersFields
  readonly state: ManagementState
  readonly facts: DecidingFacts
}

/** The state that a spec asks for; Managed where it asks for none, so that it is checked as such. */
const askedState = ({ managementState }: JsonObject): ManagementState =>
  managementState === 'Removed' || managementState === 'Unmanaged' ? managementState : 'Managed'

/** What a Config with that spec asks for. */
export const asked = (subject: KubeObject, spec: JsonObject, facts: DecidingFacts): Asked => {
  const others = othersBelow(othersFields(subject), ['spec'])
  return { subject, spec, others, state: askedState(spec), facts }
}
