import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { caseFrom, caseNames, type CompatibilityCase, loadCase } from './case'
import { fieldAt, type Fields, isFields } from './fields'
import { type Manifest, manifestsOf } from './manifest'
import { loadRecorded, recordedNames } from './recorded'

const cases = caseNames().map(loadCase)

const definitions = manifestsOf(
  readFileSync(join(import.meta.dirname, '../../../../../deploy/openshift.yaml'), 'utf8'),
)

const specFieldsOf = (plural: string): ReadonlyArray<string> => {
  const definition = definitions.find(({ metadata }) => metadata.name.startsWith(`${plural}.`))
  const versions = fieldAt(definition, 'spec', 'versions')
  const [version]: ReadonlyArray<unknown> = Array.isArray(versions) ? versions : []
  const schema = fieldAt(version, 'schema', 'openAPIV3Schema', 'properties', 'spec', 'properties')
  return isFields(schema) ? Object.keys(schema) : []
}

const valuesOf = (specs: ReadonlyArray<Fields | null>, field: string): number =>
  new Set(
    specs.flatMap((spec) => (spec?.[field] === undefined ? [] : [JSON.stringify(spec[field])])),
  ).size

const withOneValue = (
  plural: string,
  specOf: (each: CompatibilityCase) => Fields | null,
): ReadonlyArray<string> =>
  specFieldsOf(plural).filter((field) => valuesOf(cases.map(specOf), field) < 2)

const factOf = ({ facts }: CompatibilityCase, kind: string): Manifest | undefined =>
  facts.find((fact) => fact.kind === kind)

describe('the cases', () => {
  it('give every field of a Config at least two values', () => {
    expect(specFieldsOf('configs').length).toBeGreaterThan(20)
    expect(withOneValue('configs', ({ config }) => config)).toEqual([])
  })

  it('give every field of an ImagePruner at least two values', () => {
    expect(specFieldsOf('imagepruners').length).toBeGreaterThan(10)
    expect(withOneValue('imagepruners', ({ imagePruner }) => imagePruner)).toEqual([])
  })

  it('start a new cluster on every platform', () => {
    const platforms = cases
      .filter(({ config }) => config === null)
      .map((each) => fieldAt(factOf(each, 'Infrastructure'), 'status', 'platformStatus', 'type'))
    const known =
      'AWS Azure BareMetal GCP Libvirt OpenStack None VSphere oVirt IBMCloud KubeVirt EquinixMetal PowerVS AlibabaCloud Nutanix External'
    expect(platforms).toEqual(expect.arrayContaining([...known.split(' '), '', 'Moon']))
  })

  it('have every TLS profile', () => {
    const profiles = cases.map((each) =>
      fieldAt(factOf(each, 'APIServer'), 'spec', 'tlsSecurityProfile', 'type'),
    )
    const known = ['Old', 'Intermediate', 'Modern', 'Custom', undefined]
    expect(profiles).toEqual(expect.arrayContaining(known))
  })
})

describe('a case', () => {
  it('asks for nothing that is not said', () => {
    expect(caseFrom('some', 'facts: []', [])).toEqual({
      name: 'some',
      facts: [],
      config: null,
      imagePruner: null,
    })
  })

  it('is refused with a member that no case has', () => {
    expect(() => caseFrom('some', 'confg: {}', [])).toThrow('some has unknown members: confg')
  })
})

describe('the recordings', () => {
  it('are there for every case, and for nothing else', () => {
    expect(recordedNames()).toEqual(caseNames())
  })

  it('hold no value of a secret', () => {
    const values = caseNames()
      .flatMap(loadRecorded)
      .filter(({ kind }) => kind === 'Secret')
      .flatMap(({ data }) => (isFields(data) ? Object.values(data) : []))
    expect(values.length).toBeGreaterThan(0)
    expect(values.filter((value) => !/^sha256:[0-9a-f]{64}$/.test(String(value)))).toEqual([])
  })
})
