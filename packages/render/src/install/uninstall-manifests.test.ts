import { describe, expect, it } from 'vitest'

import { WRITTEN_KINDS } from '../model'
import { installManifests } from './install-manifests'
import { uninstallManifests } from './uninstall-manifests'

const release = {
  registryImage: '',
  operatorImage: '',
  prunerImage: '',
  version: '',
  imageVersion: '',
}
const manifests = uninstallManifests({ release, monitoring: true })
const kinds = manifests.map(({ kind }) => kind)

describe('what goes with the operator', () => {
  it('is all that was installed but for the namespaces, and a little that the operator left behind', () => {
    const identity = ({ kind, metadata }: (typeof manifests)[number]): string =>
      `${kind} ${metadata.namespace ?? ''}/${metadata.name}`
    const installed = installManifests({
      release,
      platform: 'Kubernetes',
      profile: 'all',
      monitoring: true,
      nodeTrust: '/',
    }).filter(({ kind }) => kind !== 'Namespace')
    expect(manifests.map(identity).sort()).toEqual(
      [
        ...installed.map(identity),
        'ConfigMap openshift-image-registry/image-registry-certificates',
        'CronJob openshift-image-registry/image-pruner',
        'Lease openshift-image-registry/openshift-master-controllers',
      ].sort(),
    )
  })

  it('begins with the operator and ends with the definitions', () => {
    expect(kinds[0]).toBe('Deployment')
    expect(kinds.slice(-2)).toEqual(['CustomResourceDefinition', 'CustomResourceDefinition'])
  })

  it('is nothing of the registry: that goes before, while the operator still runs', () => {
    const ofRegistry = WRITTEN_KINDS.filter(({ deletion }) => deletion !== undefined)
    for (const { kind, metadata } of manifests)
      expect(ofRegistry.some((row) => row.kind === kind && row.names.includes(metadata.name))).toBe(
        false,
      )
  })

  it('says of each object only which it is', () => {
    for (const object of manifests)
      expect(Object.keys(object)).toEqual(['apiVersion', 'kind', 'metadata'])
  })
})
