import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { ClusterFacts, Config, DesiredObject, Wishes } from '../../model'
import { names } from '../../model'
import { plan } from '../../plan/plan'
import { arbitraryConfig, arbitraryFactsFor } from '../../testing'
import { anObservation } from '../../testing/live-objects'
import { applied } from '../../testing/server-side-apply'
import { dependenciesChecksum } from '../deployment/dependencies-checksum'
import { filesystem } from '../storage/filesystem'
import { certificates } from './certificates'

type Case = { readonly config: Config; readonly facts: ClusterFacts }

const cases: fc.Arbitrary<Case> = arbitraryConfig.chain((config) =>
  arbitraryFactsFor(config).map((facts) => ({ config, facts })),
)

const wishes = (config: Config): Wishes => ({
  config: E.right(config),
  pruner: E.left({ _tag: 'NoPruner' }),
})

const desiredIn = ({ config, facts }: Case): ReadonlyArray<DesiredObject> =>
  certificates(wishes(config), facts).flatMap((one) => (E.isRight(one) ? [one.right] : []))

const textsIn = ({ object }: DesiredObject, field: 'data' | 'binaryData') =>
  (object[field] ?? {}) as Readonly<Record<string, string>>

describe('the laws of the bundles', () => {
  it('whatever the cluster, each is said, or why it is not', () => {
    fc.assert(
      fc.property(cases, ({ config, facts }) => {
        const asked = { namespace: names.REGISTRY_NAMESPACE, name: names.SERVICE_CA_CONFIG_MAP }
        const bundles = [...facts.bundles, { ...asked, data: {}, binaryData: {} }]
        expect(certificates(wishes(config), { ...facts, bundles })).toHaveLength(
          facts.platform === 'OpenShift' ? 2 : 1,
        )
      }),
    )
  })

  it('no key is in one both as a text and as bytes', () => {
    fc.assert(
      fc.property(cases, (given) => {
        desiredIn(given).forEach((desired) => {
          const bytes = Object.keys(textsIn(desired, 'binaryData'))
          expect(
            Object.keys(textsIn(desired, 'data')).filter((key) => bytes.includes(key)),
          ).toEqual([])
        })
      }),
    )
  })

  it('once they have been applied, there is nothing to do', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const objects = desiredIn(given)
        const live = objects.map(({ object }) => applied(object))
        expect(plan({ objects, withheld: [] }, anObservation(live))).toEqual([])
      }),
    )
  })

  it('writing them restarts no pod', () => {
    fc.assert(
      fc.property(cases, ({ config, facts }) => {
        const others = facts.bundles.filter(({ name }) => name !== names.CERTIFICATES_CONFIG_MAP)
        const written = desiredIn({ config, facts })
          .filter(({ object }) => object.metadata.name === names.CERTIFICATES_CONFIG_MAP)
          .map((desired) => ({
            namespace: names.REGISTRY_NAMESPACE,
            name: names.CERTIFICATES_CONFIG_MAP,
            data: textsIn(desired, 'data'),
            binaryData: textsIn(desired, 'binaryData'),
          }))
        fc.pre(written.length > 0)
        const checksum = (bundles: ClusterFacts['bundles']): string =>
          dependenciesChecksum(config, { ...facts, bundles }, filesystem({ emptyDir: {} }))
        expect(checksum([...others, ...written])).toBe(checksum(others))
      }),
    )
  })
})
