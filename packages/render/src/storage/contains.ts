import { isJsonArray, isJsonObject, type Json } from '../model'

/** Whether what is found has everything that is wanted: members of objects, and for each element of a list one like it. */
export const contains = (found: Json | undefined, wanted: Json): boolean => {
  if (isJsonArray(wanted))
    return isJsonArray(found) && wanted.every((one) => found.some((other) => contains(other, one)))
  if (isJsonObject(wanted))
    return (
      isJsonObject(found) &&
      Object.entries(wanted).every(([name, value]) => contains(found[name], value))
    )
  return found === wanted
}
