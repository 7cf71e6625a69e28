import { expect, it } from 'vitest'

import type { JsonObject } from '../../model'
import { someFacts } from '../../testing'
import { decode } from '../decode'

const ingress = (host: string, admitted: string): JsonObject => ({
  host,
  conditions: [
    { type: 'Other', status: 'True' },
    { type: 'Admitted', status: admitted },
  ],
})

const OURS = { annotations: { 'imageregistry.openshift.io': 'true' } }
const APPLIED = { managedFields: [{ manager: 'image-registry-operator', operation: 'Apply' }] }

const route = (
  name: string,
  ingresses: ReadonlyArray<JsonObject>,
  { namespace = 'openshift-image-registry', ...metadata }: JsonObject = OURS,
) => ({
  apiVersion: 'route.openshift.io/v1',
  kind: 'Route',
  metadata: { name, namespace, ...metadata },
  status: { ingress: ingresses },
})

const hostsOf = (...snapshot: ReadonlyArray<unknown>) =>
  decode(snapshot, someFacts().release).facts.routeHosts

it('are those that a router has admitted, in the order of the Routes', () => {
  expect(
    hostsOf(
      route('b', [ingress('b.example.com', 'True'), ingress('a.example.com', 'True')], APPLIED),
      route('default-route', [ingress('refused', 'False'), ingress('d', 'True')]),
      route('unheard-of', [{ host: 'h' }, ingress('', 'True')]),
    ),
  ).toEqual([
    { route: 'b', host: 'a.example.com' },
    { route: 'b', host: 'b.example.com' },
    { route: 'default-route', host: 'd' },
  ])
})

it('are not those of Routes of others', () => {
  expect(
    hostsOf(
      route('theirs', [ingress('t', 'True')], {}),
      route('elsewhere', [ingress('e', 'True')], { ...OURS, namespace: 'default' }),
    ),
  ).toEqual([])
})
