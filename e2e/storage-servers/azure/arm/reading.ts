import { sendJson } from '../../front/send-json'
import { type ArmError, armError, sendArmError } from './arm-error'
import { contractOf } from './contracts'
import type { Exchange } from './exchange'
import { resourceKey, type ResourcePath } from './resource-path'
import type { Resources } from './resources'

/** What Azure says of a resource that is not there. */
export const resourceNotFound = ({ id, type, names }: ResourcePath): ArmError =>
  armError(
    404,
    'ResourceNotFound',
    `The Resource '${type}/${names.join('/')}' was not found: ${id}`,
  )

/** What the ids of a list begin with: the resource that the list is of, or a group, or a subscription. */
const listScope = ({ url }: Exchange, { names }: ResourcePath): string =>
  resourceKey(names.length === 0 ? url.pathname.replace(/providers\/.*/, '') : `${url.pathname}/`)

const sendList = (exchange: Exchange, path: ResourcePath, resources: Resources): void => {
  const scope = listScope(exchange, path)
  const type = contractOf(`${path.type}/${path.rest ?? ''}`)?.type
  const value = resources
    .all()
    .filter((one) => one.type === type && resourceKey(one.id).startsWith(scope))
  sendJson(exchange.response, 200, { value })
}

const sendSubnets = ({ response }: Exchange, path: ResourcePath, resources: Resources): void => {
  const network = resources.get(path.id)
  if (network === undefined) sendArmError(response, resourceNotFound(path))
  else sendJson(response, 200, { value: network.properties['subnets'] ?? [] })
}

/** Answers a GET: one resource, or all of a type in a resource, a group or the subscription. */
export const answerRead = (exchange: Exchange, path: ResourcePath, resources: Resources): void => {
  if (path.rest === 'subnets') return sendSubnets(exchange, path, resources)
  if (path.rest !== undefined) return sendList(exchange, path, resources)
  const resource = resources.get(path.id)
  if (resource === undefined) sendArmError(exchange.response, resourceNotFound(path))
  else sendJson(exchange.response, 200, resource)
}
