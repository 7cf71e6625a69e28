import type * as t from 'io-ts'

import { aString, lenient, listOf } from '../../manifest/lenient'

const VERSIONS = listOf(
  lenient({ version: aString, resources: listOf(lenient({ resource: aString })) }),
)

const Group = lenient({ metadata: lenient({ name: aString }), versions: VERSIONS })

/** One item of such an answer: it is named as its group. */
export type DiscoveredGroup = t.TypeOf<typeof Group>

/** What is read of the answer of `/apis` (aggregated discovery). */
export const ApiGroupDiscoveryList = lenient({ items: listOf(Group) })
