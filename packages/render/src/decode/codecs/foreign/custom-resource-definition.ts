import * as t from 'io-ts'

import { aString, lenient, listOf } from '../../manifest/lenient'

/** What is read of a CustomResourceDefinition: its group, and the schema of each version. */
export const CustomResourceDefinition = lenient({
  spec: lenient({
    group: aString,
    versions: listOf(
      lenient({ name: aString, schema: lenient({ openAPIV3Schema: t.UnknownRecord }) }),
    ),
  }),
})
