import * as t from 'io-ts'

import { aString, lenient } from '../../manifest/lenient'

/**
 * What is read of `ObjectStore` of our own group. The cluster has no such kind: whoever can ask the cloud puts the
 * answer into the snapshot like that, so that it can be printed and replayed as everything else. Where there was no answer,
 * the message says why.
 */
export const ObjectStore = lenient({ status: lenient({ usable: t.boolean, message: aString }) })
