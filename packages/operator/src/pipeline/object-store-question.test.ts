import { decode } from '@image-registry-operator/render'
import type { Json, KubeObject } from '@image-registry-operator/render/model'
import { describe, expect, it } from 'vitest'

import { configWith } from '../testing/openshift-objects'
import { TEST_RELEASE } from '../testing/recorded-io'
import { objectStoreQuestion } from './object-store-question'

const infrastructure = (platformStatus: Json): KubeObject => ({
  apiVersion: 'config.openshift.io/v1',
  kind: 'Infrastructure',
  metadata: { name: 'cluster' },
  status: { platformStatus },
})

const OPENSTACK = infrastructure({ type: 'OpenStack', openstack: { cloudName: 'mine' } })

const secretWith = (digest: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'installer-cloud-credentials', namespace: 'openshift-image-registry' },
  data: { 'clouds.yaml': digest },
})

const SETTINGS: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'cloud-provider-config', namespace: 'openshift-config' },
  data: { 'ca-bundle.pem': 'an authority' },
}

const asked = (...objects: ReadonlyArray<KubeObject>) =>
  objectStoreQuestion(decode(objects, TEST_RELEASE))

describe('the cloud is asked for its object store', () => {
  it('where a first Config is to be made on OpenStack, once its credentials are there', () => {
    expect(asked(OPENSTACK, secretWith('one'), SETTINGS)).toEqual({
      credentials: { 'clouds.yaml': expect.stringMatching(/^sha256:/) as string },
      cloud: 'mine',
      authorities: 'an authority',
      proxy: { http: '', https: '', noProxy: '' },
    })
    expect(asked(OPENSTACK)).toBeUndefined()
  })

  it('as the cloud openstack where the cluster gives it no name', () => {
    const unnamed = infrastructure({ type: 'OpenStack' })
    expect(asked(unnamed, secretWith('one'))).toMatchObject({ cloud: 'openstack', authorities: '' })
  })

  it('again when its credentials are others', () => {
    expect(asked(OPENSTACK, secretWith('one'))).not.toEqual(asked(OPENSTACK, secretWith('two')))
  })

  it("on plain Kubernetes as well, where OpenShift's registry runs: no other has Swift", () => {
    const machine: KubeObject = {
      apiVersion: 'image-registry-operator/v1',
      kind: 'Machine',
      metadata: { name: 'cluster' },
      spec: { providerID: 'openstack:///0' },
    }
    const objects = [machine, secretWith('one')]
    const openshift = { ...TEST_RELEASE, registry: { _tag: 'OpenShift' as const } }
    expect(objectStoreQuestion(decode(objects, openshift))).toMatchObject({ cloud: 'openstack' })
    expect(asked(...objects)).toBeUndefined()
  })

  it('neither on other platforms nor once there is a Config', () => {
    expect(asked(infrastructure({ type: 'AWS' }), secretWith('one'))).toBeUndefined()
    expect(asked(secretWith('one'))).toBeUndefined()
    expect(asked(OPENSTACK, secretWith('one'), configWith({ replicas: 1 }))).toBeUndefined()
  })
})
