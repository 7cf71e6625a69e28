import { expect, it } from 'vitest'

import type { ClusterFacts, CollectingJob, JsonObject } from '../../model'
import { someFacts } from '../../testing/some-facts'
import { registryAffinity } from './one-node'

const CLAIM = { storage: { _tag: 'Pvc', claim: 'images', origin: 'named' } } as const

const facts = (accessMode: string, state: CollectingJob['state']): ClusterFacts =>
  someFacts({
    platform: 'Kubernetes',
    claims: [{ name: 'images', accessModes: [accessMode], ours: false }],
    pruning: {
      hasCronJob: true,
      collecting: [
        { name: 'a', uid: 'u', state, madeAt: '', endedAt: '', deadlineSeconds: 60, message: '' },
      ],
    },
  })

const OWN: JsonObject = { podAntiAffinity: {} }

it('brings the registry to where garbage is deleted from a claim for one node', () => {
  expect(
    registryAffinity({ ...CLAIM, affinity: OWN }, facts('ReadWriteOnce', 'unfinished')),
  ).toEqual({
    affinity: {
      podAntiAffinity: {},
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          {
            labelSelector: { matchLabels: { app: 'image-pruner' } },
            namespaces: ['openshift-image-registry'],
            topologyKey: 'kubernetes.io/hostname',
          },
        ],
      },
    },
  })
})

it('leaves it where it is at any other time, and with any other claim', () => {
  expect(registryAffinity(CLAIM, facts('ReadWriteOnce', 'succeeded'))).toEqual({})
  expect(registryAffinity(CLAIM, facts('ReadWriteMany', 'unfinished'))).toEqual({})
})
