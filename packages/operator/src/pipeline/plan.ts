import { plan as planOf } from '@image-registry-operator/render'
import type { DesiredState, Observation, Plan } from '@image-registry-operator/render/model'

/** What to do about the difference. */
export const plan = (desired: DesiredState, observation: Observation): Plan =>
  planOf(desired, observation)
