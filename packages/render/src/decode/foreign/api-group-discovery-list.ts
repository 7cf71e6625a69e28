import { aString, lenient, listOf } from '../lenient'

/** What is read of the answer of `/apis` (aggregated discovery): each item is named as its group. */
export const ApiGroupDiscoveryList = lenient({
  items: listOf(lenient({ metadata: lenient({ name: aString }) })),
})
