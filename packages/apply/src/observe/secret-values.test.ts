import * as O from 'fp-ts/Option'
import { expect, it } from 'vitest'

import { refOf, type KubeObject } from '@image-registry-operator/render/model'

import { secretValues } from './secret-values'

const valuesOf = (raw: KubeObject, redacted: KubeObject): KubeObject | undefined => {
  const values = secretValues()
  values.put(raw, redacted)
  return O.toUndefined(values.of(refOf(raw)))
}

it('keeps of a Config nothing but what was taken out of it', () => {
  const config: KubeObject = {
    apiVersion: 'imageregistry.operator.openshift.io/v1',
    kind: 'Config',
    metadata: { name: 'cluster', annotations: { last: 'secret' } },
    spec: { httpSecret: 'secret', replicas: 2, routes: [{ name: 'a' }] },
  }
  const redacted: KubeObject = {
    ...config,
    metadata: { name: 'cluster', annotations: {} },
    spec: { httpSecret: 'sha256:digest', replicas: 2, routes: [{ name: 'a' }] },
  }
  expect(valuesOf(config, redacted)).toEqual({
    apiVersion: config.apiVersion,
    kind: 'Config',
    metadata: { name: 'cluster' },
    spec: { httpSecret: 'secret' },
  })
})

it('keeps nothing of what is never copied', () => {
  const route = (key: string): KubeObject => ({
    apiVersion: 'route.openshift.io/v1',
    kind: 'Route',
    metadata: { name: 'a', namespace: 'b' },
    spec: { tls: { key } },
  })
  expect(valuesOf(route('secret'), route('sha256:digest'))).toBeUndefined()
})

it('does not show its values to whoever prints it', () => {
  const values = secretValues()
  const secret = (value: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'a', namespace: 'b' },
    data: { value },
  })
  values.put(secret('c2VjcmV0'), secret('sha256:digest'))
  expect(JSON.stringify(values)).toBe('{}')
})
