import { render as renderWishes } from '@image-registry-operator/render'
import type { DesiredState, Observation } from '@image-registry-operator/render/model'

/** What should be. */
export const render = (observation: Observation): DesiredState =>
  renderWishes(observation, observation.facts)
