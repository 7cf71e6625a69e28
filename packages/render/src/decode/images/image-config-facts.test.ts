import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import type { JsonObject } from '../../model'
import { someFacts } from '../../testing'
import { decode } from '../decode'

const setting = (kind: string, name: string, content: JsonObject) => ({
  apiVersion: 'config.openshift.io/v1',
  kind,
  metadata: { name },
  ...content,
})

const image = (spec: JsonObject = {}, status: JsonObject = {}) =>
  setting('Image', 'cluster', { spec, status })

const gates = (...entries: ReadonlyArray<JsonObject>) =>
  setting('FeatureGate', 'cluster', { status: { featureGates: entries } })

const enabled = (version: string): JsonObject => ({
  version,
  enabled: [{ name: 'Another' }, { name: 'ImageStreamImportMode' }],
})

const clusterVersion = (status: JsonObject) => setting('ClusterVersion', 'version', { status })

const onVersion = (imageVersion: string, ...snapshot: ReadonlyArray<unknown>) =>
  decode(snapshot, { ...someFacts().release, imageVersion }).facts.imageConfig

const factsOf = (...snapshot: ReadonlyArray<unknown>) => onVersion('4.22.0', ...snapshot)

const ONE_ARCHITECTURE = clusterVersion({ desired: { version: '4.22.0' } })
const SEVERAL = clusterVersion({ desired: { architecture: 'Multi' } })

describe('the image configuration of a cluster', () => {
  it('is missing where there is none of that name', () => {
    expect(factsOf(setting('Image', 'other', { spec: {} })).exists).toBe(false)
    expect(factsOf(image()).exists).toBe(true)
  })

  it('names the authorities that the user trusts', () => {
    expect(factsOf(image()).additionalTrustedCa).toBe('')
    expect(factsOf(image({ additionalTrustedCA: { name: 'mine' } })).additionalTrustedCa).toBe(
      'mine',
    )
  })

  it('says in its status how image streams import', () => {
    expect(factsOf(image()).reportedImportMode).toBeUndefined()
    expect(factsOf(image({}, { imageStreamImportMode: 'Legacy' })).reportedImportMode).toBe(
      'Legacy',
    )
  })
})

describe('how image streams import', () => {
  it('is what the user says', () => {
    const asked = image({ imageStreamImportMode: 'Legacy' })
    expect(factsOf(asked, gates(enabled('4.22.0')), SEVERAL).importMode).toEqual(E.right('Legacy'))
  })

  it('follows the architectures of the cluster where the user says nothing', () => {
    const gate = gates(enabled('4.22.0'))
    expect(factsOf(image(), gate, SEVERAL).importMode).toEqual(E.right('PreserveOriginal'))
    expect(factsOf(image(), gate, ONE_ARCHITECTURE).importMode).toEqual(E.right('Legacy'))
    expect(
      factsOf(image({ imageStreamImportMode: 'Other' }), gate, ONE_ARCHITECTURE).importMode,
    ).toEqual(E.right('Legacy'))
  })

  it('cannot be said while the architectures are unknown', () => {
    const missing = E.left({ _tag: 'ClusterVersionMissing' })
    const gate = gates(enabled('4.22.0'))
    expect(factsOf(image(), gate).importMode).toEqual(missing)
    expect(factsOf(image(), gate, setting('ClusterVersion', 'version', {})).importMode).toEqual(
      missing,
    )
  })

  it('is no choice where the gate is closed', () => {
    const closed = { version: '4.22.0', disabled: [{ name: 'ImageStreamImportMode' }] }
    const asked = image({ imageStreamImportMode: 'Legacy' })
    expect(factsOf(asked, gates(closed)).importMode).toEqual(E.right(undefined))
  })

  it('is no choice on plain Kubernetes', () => {
    expect(factsOf().importMode).toEqual(E.right(undefined))
  })

  it('cannot be said while nobody speaks of this version', () => {
    const missing = E.left({ _tag: 'FeatureGatesMissing', version: '4.22.0' })
    expect(factsOf(image(), ONE_ARCHITECTURE).importMode).toEqual(missing)
    expect(factsOf(image(), gates(enabled('4.21.9')), ONE_ARCHITECTURE).importMode).toEqual(missing)
    expect(factsOf(image(), setting('FeatureGate', 'cluster', {})).importMode).toEqual(missing)
  })

  it.each(['', '0.0.1-snapshot'])(
    'is asked of the version of the cluster by an image of version "%s"',
    (version) => {
      const modeWith = (...snapshot: ReadonlyArray<unknown>) =>
        onVersion(version, image({ imageStreamImportMode: 'Legacy' }), ...snapshot).importMode
      const gate = gates(enabled('4.23.0'))
      expect(modeWith(gate, clusterVersion({ desired: { version: '4.23.0' } }))).toEqual(
        E.right('Legacy'),
      )
      expect(modeWith(gate, clusterVersion({ history: [{ version: '4.23.0' }] }))).toEqual(
        E.right('Legacy'),
      )
      expect(modeWith(gate, ONE_ARCHITECTURE)).toEqual(
        E.left({ _tag: 'FeatureGatesMissing', version: '4.22.0' }),
      )
      const missing = E.left({ _tag: 'ClusterVersionMissing' })
      expect(modeWith(gate)).toEqual(missing)
      expect(modeWith(gate, clusterVersion({ history: [] }))).toEqual(missing)
    },
  )
})
