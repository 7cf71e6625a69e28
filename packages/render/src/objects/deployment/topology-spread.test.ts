import { describe, expect, it } from 'vitest'

import { isJsonObject, names } from '../../model'
import { aConfig } from '../../testing/a-config'
import { someFacts } from '../../testing/some-facts'
import { topologySpread } from './topology-spread'

const { HOST_LABEL, WORKER_LABEL, ZONE_LABEL } = names

const withZones = someFacts({ nodeTopologyLabels: [WORKER_LABEL, ZONE_LABEL] })
const withoutZones = someFacts({ nodeTopologyLabels: [WORKER_LABEL] })

const places = (...[config, facts]: Parameters<typeof topologySpread>): ReadonlyArray<unknown> =>
  topologySpread(config, facts).map((constraint) =>
    isJsonObject(constraint) ? constraint['topologyKey'] : constraint,
  )

describe('the pods', () => {
  it('D5: spread over nodes, workers and the zones where there are any', () => {
    expect(places(aConfig(), withZones)).toEqual([HOST_LABEL, WORKER_LABEL, ZONE_LABEL])
    expect(places(aConfig(), withoutZones)).toEqual([HOST_LABEL, WORKER_LABEL])
  })

  it('D5: go where a node selector says, even an empty one', () => {
    expect(topologySpread(aConfig({ nodeSelector: { disk: 'ssd' } }), withZones)).toEqual([])
    expect(topologySpread(aConfig({ nodeSelector: {} }), withZones)).toEqual([])
  })

  it.each([[[{ maxSkew: 7, topologyKey: 'rack', whenUnsatisfiable: 'ScheduleAnyway' }]], [[]]])(
    'D5: spread just as the Config has it: %j',
    (topologySpreadConstraints) => {
      expect(topologySpread(aConfig({ topologySpreadConstraints }), withZones)).toEqual(
        topologySpreadConstraints,
      )
    },
  )
})
