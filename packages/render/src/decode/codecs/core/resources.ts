import { map, mapList } from '../../../schema/collections'
import { object, optionalObject } from '../../../schema/object'
import { quantity } from '../../../schema/quantity'
import { string } from '../../../schema/string'

/** What a container asks for, and the most that it gets. */
export const resourceRequirements = (description: string) =>
  optionalObject(description, {
    claims: mapList(
      'Claims of the pod for dynamically allocated devices that the container uses.',
      object('One such claim.', {
        required: { name: string('Name of the claim in the pod.') },
        optional: { request: string('Name of one request in the claim. Empty: all of it.') },
      }),
      ['name'],
    ),
    limits: map('The most that the container may use.', quantity('An amount of the resource.')),
    requests: map(
      'What the container is guaranteed. Where unset, its limit counts.',
      quantity('An amount of the resource.'),
    ),
  })
