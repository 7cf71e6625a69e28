import { expect, it } from 'vitest'

import { servicePort } from './service-port'

const service = (spec: object, name = 'image-registry') => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'openshift-image-registry' },
  spec: { ...spec },
})

it('is the first one of the Service of the registry', () => {
  const ports = [{ port: 443 }, { port: 5000 }]
  expect(servicePort([service({ ports: [{ port: 1 }] }, 'other'), service({ ports })])).toBe(443)
})

it.each([
  [[]],
  [[service({ ports: [{ port: 5000 }] }, 'other')]],
  [[service({})]],
  [[service({ ports: [] })]],
])('is unknown without a Service or without a port', (objects) => {
  expect(servicePort(objects)).toBeUndefined()
})
