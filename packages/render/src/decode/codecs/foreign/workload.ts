import * as t from 'io-ts'

import { aNumber, aString, lenient, listOf, strings } from '../../manifest/lenient'

/** What is read of a Deployment, besides its metadata. */
export const Deployment = lenient({
  spec: lenient({
    replicas: aNumber,
    template: lenient({ spec: lenient({ affinity: t.UnknownRecord }) }),
  }),
  status: lenient({
    replicas: aNumber,
    readyReplicas: aNumber,
    availableReplicas: aNumber,
    updatedReplicas: aNumber,
    observedGeneration: aNumber,
    conditions: listOf(
      lenient({ type: aString, status: aString, reason: aString, message: aString }),
    ),
  }),
})

/** What is read of a PersistentVolumeClaim, besides its metadata. */
export const PersistentVolumeClaim = lenient({
  spec: lenient({ accessModes: strings }),
})

const ADMISSIONS = listOf(lenient({ type: aString, status: aString, message: aString }))

/** What is read of a Route, besides its metadata. */
export const Route = lenient({
  status: lenient({
    ingress: listOf(lenient({ host: aString, routerName: aString, conditions: ADMISSIONS })),
  }),
})
