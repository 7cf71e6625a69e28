import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { type FieldPath, fieldStep, type PathStep, showPath, stepOf } from '../fields/field-path'
import { appliedFields } from '../fields/managed-fields'
import { valueAt } from '../fields/value-at'
import {
  type Config,
  type DesiredState,
  type Json,
  keyOf,
  type KubeObject,
  names,
  type Observation,
  type Plan,
  refOf,
} from '../model'
import { renderConfig } from '../testing/render-config'
import { arbitraryFactsFor } from '../testing/cluster-facts.arbitrary'
import { arbitraryManagedConfig } from '../testing/config.arbitrary'
import { anObservation, liveObjects } from '../testing/live-objects'
import { applied, edited, leavesOf } from '../testing/server-side-apply'
import { ownershipProof } from '../fields/ownership'
import { plan } from './plan'

type Case = {
  readonly config: Config
  readonly desired: DesiredState
  readonly observation: Observation
}

/** Spread constraints that the API server would take: no two of the same keys. */
const withUsualConstraints = (config: Config): Config =>
  config.topologySpreadConstraints === undefined
    ? config
    : {
        ...config,
        topologySpreadConstraints: config.topologySpreadConstraints.map((_, index) => ({
          topologyKey: `key-${index}`,
          whenUnsatisfiable: 'DoNotSchedule',
          maxSkew: 1,
        })),
      }

const arbitraryCase: fc.Arbitrary<Case> = arbitraryManagedConfig
  .map(withUsualConstraints)
  .chain((config) =>
    arbitraryFactsFor(config).map((facts) => ({
      config,
      desired: renderConfig(config, facts),
      observation: { ...anObservation([]), config: E.right(config), facts },
    })),
  )

const seeing = ({ observation }: Case, live: ReadonlyArray<KubeObject>): Observation => ({
  ...observation,
  live: liveObjects(...live),
})

const allApplied = ({ desired }: Case): ReadonlyArray<KubeObject> =>
  desired.objects.map(({ object }) => applied(object))

const changedPaths = (result: Plan): ReadonlyArray<string> =>
  result.flatMap((action) =>
    action._tag === 'ApplyObject' ? action.changes.map(({ path }) => path) : [],
  )

const strangers: fc.Arbitrary<ReadonlyArray<KubeObject>> = fc.array(
  fc
    .record({
      kind: fc.constantFrom('Route', 'Secret', 'Deployment', 'ConfigMap', 'Service', 'Job'),
      name: fc.stringMatching(/^stranger-[a-z]{3}$/),
    })
    .map(({ kind, name }) => ({
      apiVersion: kind === 'Route' ? 'route.openshift.io/v1' : 'v1',
      kind,
      metadata: { name, namespace: names.REGISTRY_NAMESPACE, uid: 'u', resourceVersion: '1' },
    })),
)

describe('plan', () => {
  it('is empty once what is desired has been applied', () => {
    fc.assert(
      fc.property(arbitraryCase, (given) => {
        expect(plan(given.desired, seeing(given, allApplied(given)))).toEqual([])
      }),
    )
  })

  it('is empty again after one pass, from whatever was desired before', () => {
    fc.assert(
      fc.property(arbitraryCase, arbitraryCase, (before, after) => {
        const past = liveObjects(...allApplied(before))
        const now = after.desired.objects.map(({ object, mode }) => {
          const live = past.get(keyOf(refOf(object)))
          return live !== undefined && mode === 'create-only' ? live : applied(object, live)
        })
        expect(plan(after.desired, seeing(after, now))).toEqual([])
      }),
      { numRuns: 50 },
    )
  })

  it('never mentions what is not ours', () => {
    fc.assert(
      fc.property(
        arbitraryCase,
        strangers,
        fc.constantFrom<Config['managementState']>('Managed', 'Unmanaged', 'Removed'),
        (given, others, managementState) => {
          const live = [...allApplied(given), ...others]
          const config = E.right({ ...given.config, managementState })
          const actions = plan(given.desired, { ...seeing(given, live), config })
          const mentioned = actions.map(({ ref }) => ref.name)
          expect(mentioned.filter((name) => name.startsWith('stranger-'))).toEqual([])
          expect(
            actions.every(
              (action) => action._tag !== 'DeleteObject' || ownershipProof(action.before),
            ),
          ).toBe(true)
        },
      ),
    )
  })

  it('only deletes when the registry is removed, and nothing after that', () => {
    fc.assert(
      fc.property(arbitraryCase, (given) => {
        const config = E.right({ ...given.config, managementState: 'Removed' as const })
        const nothing = { objects: [], withheld: [] }
        const actions = plan(nothing, { ...seeing(given, allApplied(given)), config })
        expect(actions.every(({ _tag }) => _tag === 'DeleteObject')).toBe(true)
        const gone = new Set(actions.map(({ ref }) => keyOf(ref)))
        const left = allApplied(given).filter((object) => !gone.has(keyOf(refOf(object))))
        expect(plan(nothing, { ...seeing(given, left), config })).toEqual([])
      }),
    )
  })

  it('is not changed by labels, annotations and fields of others', () => {
    const addition = fc.record({
      at: fc.constantFrom<ReadonlyArray<string>>(
        ['metadata', 'labels'],
        ['metadata', 'annotations'],
        ['spec'],
        ['status'],
        [],
      ),
      name: fc.stringMatching(/^theirs-[a-z]{2}$/),
      value: fc.string(),
    })
    fc.assert(
      fc.property(arbitraryCase, fc.array(addition), (given, additions) => {
        const decorated = allApplied(given).map((object) =>
          additions.reduce(
            (live, { at, name, value }) =>
              edited(live, [...at, name].map(fieldStep), { by: 'them', value }),
            object,
          ),
        )
        expect(plan(given.desired, seeing(given, decorated))).toEqual([])
      }),
    )
  })

  it('names the path of any field of ours that somebody edits or removes', () => {
    fc.assert(
      fc.property(arbitraryCase, fc.nat(), fc.nat(), fc.boolean(), (given, n, m, removes) => {
        const objects = given.desired.objects.filter(({ mode }) => mode === 'converge')
        const { object } = objects[n % objects.length] ?? { object: undefined }
        if (object === undefined) return
        const live = applied(object)
        const leaves = leavesOf(appliedFields(live, names.FIELD_MANAGER) ?? {})
        const path = pathOf(leaves[m % leaves.length] ?? [])
        const value = removes ? undefined : another(valueAt(live, path))
        const drifted = edited(live, path, { by: 'hand', value })
        const result = plan(
          { objects: [{ object, fills: [], mode: 'converge' }], withheld: [] },
          seeing(given, [drifted]),
        )
        expect(changedPaths(result).some((changed) => tells(changed, path))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

const pathOf = (keys: ReadonlyArray<string>): FieldPath =>
  keys.map(stepOf).filter((step): step is PathStep => step !== undefined)

const another = (value: Json | undefined): Json => {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (typeof value === 'string') return `${value}x`
  return Array.isArray(value) ? [...value, 'x'] : { x: 'y' }
}

/** It, a part of it, or what it went with when the last of its siblings went. */
const tells = (changed: string, path: FieldPath): boolean =>
  changed.startsWith(showPath(path)) ||
  path.some((_, length) => length > 0 && showPath(path.slice(0, length)) === changed)
