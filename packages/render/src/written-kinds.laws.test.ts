import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  type Config,
  type KubeObject,
  names,
  refOf,
  WATCHED_KINDS,
  WRITTEN_KINDS,
  type WrittenKind,
  writtenKindOf,
} from './model'
import { plan } from './plan/plan'
import { renderConfig } from './testing/render-config'
import { arbitraryFactsFor, arbitraryManagedConfig } from './testing'
import { anObservation } from './testing/live-objects'

const namesOf = (written: WrittenKind): ReadonlyArray<string> =>
  written.names === 'named by the Config' ? ['a', 'b'] : written.names

/** An object as we have applied it, with whatever the original marks it with. */
const liveOf =
  ({ apiVersion, kind, namespace, mark }: WrittenKind) =>
  (name: string): KubeObject => ({
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      uid: `uid-of-${name}`,
      resourceVersion: '1',
      managedFields: [{ manager: names.FIELD_MANAGER, operation: 'Apply', fieldsV1: {} }],
      ...(mark === undefined ? {} : { annotations: { [mark]: '' } }),
    },
  })

const everything = WRITTEN_KINDS.flatMap((written) => namesOf(written).map(liveOf(written)))

const DEFAULT_CLAIM: Config['storage'] = {
  _tag: 'Pvc',
  claim: names.DEFAULT_CLAIM_NAME,
  origin: 'default',
}

const removed = (changes: Partial<Config>): ReadonlyArray<string> =>
  plan(
    { objects: [], withheld: [] },
    anObservation(everything, { managementState: 'Removed', storage: DEFAULT_CLAIM, ...changes }),
  ).map(({ ref }) => `${ref.kind} ${ref.name}`)

describe('the table of what we write', () => {
  it('has a row for everything that is rendered', () => {
    fc.assert(
      fc.property(
        arbitraryManagedConfig.chain((config) =>
          arbitraryFactsFor(config).map((facts) => renderConfig(config, facts)),
        ),
        ({ objects, withheld }) => {
          const refs = [
            ...objects.map(({ object }) => refOf(object)),
            ...withheld.map(({ ref }) => ref),
          ]
          expect(refs.filter((ref) => writtenKindOf(ref) === undefined)).toEqual([])
        },
      ),
    )
  })

  it('is what removing the registry deletes, all of it, in the order of the ranks', () => {
    const inOrder = WRITTEN_KINDS.filter(({ deletion }) => deletion !== undefined)
      .sort((one, other) => (one.deletion?.rank ?? 0) - (other.deletion?.rank ?? 0))
      .flatMap((written) => [...namesOf(written)].sort().map((name) => `${written.kind} ${name}`))
    expect(removed({ storageManagement: 'Managed' })).toEqual(inOrder)
  })

  it('keeps nothing but the claim when the images are the user’s', () => {
    const kept = everything
      .filter((object) => writtenKindOf(refOf(object))?.deletion !== undefined)
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
      .filter((object) => !removed({ storageManagement: 'Unmanaged' }).includes(object))
    expect(kept).toEqual([`PersistentVolumeClaim ${names.DEFAULT_CLAIM_NAME}`])
  })

  it('gives every kind a rank of its own', () => {
    const ranks = WRITTEN_KINDS.flatMap(({ deletion }) => deletion?.rank ?? [])
    expect(new Set(ranks).size).toBe(ranks.length)
  })

  it('has only kinds that are watched: what is not seen is neither put right nor deleted', () => {
    const watched = WATCHED_KINDS.map(({ apiVersion, kind }) => `${kind} ${apiVersion}`)
    expect(
      WRITTEN_KINDS.filter((one) => !watched.includes(`${one.kind} ${one.apiVersion}`)),
    ).toEqual([])
  })
})
