import { aString, lenient } from '../../manifest/lenient'

/**
 * What is read of `Machine` of our own group: on which machine a node of plain Kubernetes runs. Nodes are watched by their
 * metadata only, so whoever has read one puts its `spec.providerID` into the snapshot like that. Where it could not be
 * read, the message of the status says why.
 */
export const Machine = lenient({
  spec: lenient({ providerID: aString }),
  status: lenient({ message: aString }),
})
