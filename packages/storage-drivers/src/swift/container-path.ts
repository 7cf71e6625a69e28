import { encodedName, encodedObject, isStep } from './encoded-path'
import type { ListedObject } from './object-listing'

/** Where a container is, below the account. */
export const containerPath = (container: string): string => `/${encodedName(container)}`

/** Where an object is, or one of its versions. */
export const objectPath = (container: string, { name, version }: ListedObject): string => {
  const path = `${containerPath(container)}/${encodedObject(name)}`
  return version === '' ? path : `${path}?version-id=${encodeURIComponent(version)}`
}

/** Whether that is a name that a container can have: one step below the account, which leads nowhere else. */
export const isContainerName = (name: string): boolean =>
  name !== '' && !name.includes('/') && !isStep(name)
