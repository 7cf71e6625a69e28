import { installManifests } from '@image-registry-operator/render'
import {
  type JsonObject,
  type KubeObject,
  objectsOf,
  type Release,
} from '@image-registry-operator/render/model'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import { olmBundle } from './olm-bundle'

const release: Release = {
  registryImage: 'registry.example/registry:3',
  operatorImage: 'registry.example/operator:v1',
  prunerImage: '',
  version: '1.2.3',
  imageVersion: '',
}

const { index, files, namedIn } = olmBundle(release)
const manifests = files
  .filter(({ name }) => name.startsWith('manifests/'))
  .map(({ text }) => parse(text) as KubeObject)
const installed = installManifests({
  release,
  platform: 'Kubernetes',
  profile: 'all',
  monitoring: false,
})

type Granted = Readonly<{ serviceAccountName: string; rules: ReadonlyArray<JsonObject> }>
type Csv = Readonly<{
  spec: Readonly<{
    installModes: ReadonlyArray<Readonly<{ type: string; supported: boolean }>>
    customresourcedefinitions: Readonly<{ owned: ReadonlyArray<Readonly<{ name: string }>> }>
    install: Readonly<{
      spec: Readonly<{
        deployments: ReadonlyArray<Readonly<{ name: string; spec: unknown }>>
        permissions: ReadonlyArray<Granted>
        clusterPermissions: ReadonlyArray<Granted>
      }>
    }>
  }>
}>

const version = manifests.find(({ kind }) => kind === 'ClusterServiceVersion') as unknown as Csv
const { install, customresourcedefinitions } = version.spec

const OPERATOR = 'cluster-image-registry-operator'

/** The rules that are granted to the operator in a namespace, or in the whole cluster. */
const rulesIn = (namespace: string | undefined): ReadonlyArray<JsonObject> =>
  installed
    .filter(
      ({ kind, metadata }) =>
        /Role$/.test(kind) && metadata.name === OPERATOR && metadata.namespace === namespace,
    )
    .flatMap(({ rules }) => objectsOf(rules))

describe('the bundle', () => {
  it('runs the Deployment that install prints', () => {
    const deployment = installed.find(({ kind }) => kind === 'Deployment')
    expect(install.spec.deployments).toEqual([{ name: OPERATOR, spec: deployment?.['spec'] }])
  })

  it('grants the rights that install grants, and those of other namespaces in all', () => {
    const here = rulesIn('openshift-image-registry')
    const others = [undefined, 'openshift-config', 'openshift-config-managed'].flatMap(rulesIn)
    expect(here.length).toBeGreaterThan(5)
    expect(others.length).toBeGreaterThan(5)
    expect(install.spec.permissions).toEqual([{ serviceAccountName: OPERATOR, rules: here }])
    expect(install.spec.clusterPermissions).toEqual([
      { serviceAccountName: OPERATOR, rules: others },
    ])
  })

  it('is installed where its rights stay those of one namespace', () => {
    expect(version.spec.installModes.filter(({ supported }) => supported)).toEqual([
      { type: 'OwnNamespace', supported: true },
    ])
  })

  it('owns the definitions, and brings them along', () => {
    const definitions = manifests.filter(({ kind }) => kind === 'CustomResourceDefinition')
    expect(definitions).toHaveLength(2)
    expect(customresourcedefinitions.owned.map(({ name }) => name)).toEqual(
      definitions.map(({ metadata }) => metadata.name),
    )
  })

  it('leaves to OLM what OLM makes, and brings the rest', () => {
    const kinds = manifests.map(({ kind }) => kind)
    expect(kinds).toContain('Service')
    for (const made of ['Namespace', 'ServiceAccount', 'Deployment', 'ClusterRole'])
      expect(kinds).not.toContain(made)
    for (const { kind, metadata } of manifests)
      expect(`${kind} ${metadata.name}`).not.toBe(`Role ${OPERATOR}`)
  })

  it('says where its manifests are', () => {
    const { annotations } = parse(
      files.find(({ name }) => name === 'metadata/annotations.yaml')?.text ?? '',
    ) as Readonly<{ annotations: unknown }>
    expect(annotations).toMatchObject({
      'operators.operatorframework.io.bundle.manifests.v1': 'manifests/',
      'operators.operatorframework.io.bundle.package.v1': 'image-registry-operator',
    })
  })

  it('names all its files, so that they can be replaced', () => {
    expect(namedIn(parse(index.text))).toEqual(files.map(({ name }) => name))
  })
})
