import * as E from 'fp-ts/Either'

import { gatewayVerdicts, isAcceptance, isRefusal } from '../fields/gateway-verdicts'
import { ownershipProof } from '../fields/ownership'
import {
  type DesiredState,
  type GatewayListener,
  keyOf,
  type KubeObject,
  type LiveObjects,
  names,
  objectRef,
  type Observation,
  type ObjectRef,
  refOf,
} from '../model'

const refTo = (kind: 'HTTPRoute' | 'BackendTLSPolicy', name: string): ObjectRef =>
  objectRef(`${names.GATEWAY_GROUP}/v1`, kind, name, names.REGISTRY_NAMESPACE)

const policyIsRefused = (gateway: GatewayListener, live: LiveObjects): boolean => {
  const policy = live.get(keyOf(refTo('BackendTLSPolicy', names.REGISTRY_NAME)))
  return policy !== undefined && gatewayVerdicts(policy, gateway).flat().some(isRefusal)
}

const leads = (route: KubeObject, gateway: GatewayListener): boolean => {
  const said = gatewayVerdicts(route, gateway).flat()
  return (
    ownershipProof(route) !== undefined && said.some(isAcceptance(route)) && !said.some(isRefusal)
  )
}

/**
 * Whether an Ingress is still what leads to the registry: an HTTPRoute is to take its place, and the Gateway has not taken
 * that up yet. Until it does, clients would find nothing.
 */
export const isStillLeading = (
  { objects, withheld }: DesiredState,
  { config, live }: Observation,
): ((object: KubeObject) => boolean) => {
  const gateway = E.isRight(config) ? config.right.exposure.gateway : undefined
  if (gateway === undefined) return () => false
  const successors = new Set(
    [...objects.map(({ object }) => refOf(object)), ...withheld.map(({ ref }) => ref)].map(keyOf),
  )
  return ({ kind, metadata: { name } }) => {
    const successor = keyOf(refTo('HTTPRoute', name))
    if (kind !== 'Ingress' || !successors.has(successor)) return false
    const route = live.get(successor)
    return route === undefined || !leads(route, gateway) || policyIsRefused(gateway, live)
  }
}
