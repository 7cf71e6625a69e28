import { x509Issue } from '@image-registry-operator/apply'
import type { OperatorDeps } from '@image-registry-operator/operator/testing'

import type { World } from './world'

type Issue = OperatorDeps['issue']
type Issued = ReturnType<ReturnType<Issue>>

/** All certificates are from the beginning of the world: the same request, the same certificate, in every history. */
const START_MS = 1_767_225_600_000

const issueOnce = x509Issue({ wallMs: () => START_MS })
const known = new Map<string, Issued>()

/** Issues certificates, each of them once; the world waits meanwhile. */
export const issueIn =
  (world: World): Issue =>
  (request, material) =>
  () => {
    const key = JSON.stringify([request, material])
    const pair = known.get(key) ?? issueOnce(request, material)()
    known.set(key, pair)
    return world.outside(pair)
  }
