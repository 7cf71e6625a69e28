import { names, type RenderProblem } from '../model'

type Singled = Extract<RenderProblem, { readonly _tag: 'ClaimNeedsSingleWriter' }>

/** Why an object is withheld, in one line: what, where, what to do. */
export const describeRenderProblem = (problem: RenderProblem): string => {
  switch (problem._tag) {
    case 'NamespaceMissing':
      return `namespace ${problem.namespace} does not exist; create it, as "image-registry-operator install" does`
    case 'AnnotationMissing':
      return `namespace ${problem.namespace} has no annotation ${problem.annotation} yet; OpenShift adds it, unless its namespace controller does not run`
    case 'AnnotationMalformed':
      return `annotation ${problem.annotation} of namespace ${problem.namespace} must be <start>/<length>, got ${JSON.stringify(problem.value)}; correct it`
    case 'SecretMissing':
      return `Secret ${problem.namespace}/${problem.name} does not exist; create it with tls.crt and tls.key, or take its name out of spec.routes`
    case 'ClaimMissing':
      return `PersistentVolumeClaim ${names.REGISTRY_NAMESPACE}/${problem.claim} does not exist; create it, or correct spec.storage.pvc.claim`
    case 'ClaimNeedsSingleWriter':
      return `${singleWriterText(problem)}; PersistentVolumeClaim ${problem.claim} can be mounted by one node only: set spec.replicas to 1 and spec.rolloutStrategy to Recreate, or use a ReadWriteMany claim`
    case 'ClaimUnusable':
      return `PVC ${problem.claim} does not contain the necessary access modes: ReadWriteMany or ReadWriteOnce (it has ${problem.accessModes.join(', ') || 'none'}); name another claim in spec.storage.pvc.claim`
    case 'ClaimNotOurs':
      return `could not create default PVC, it already exists and is not owned by the operator; to use PersistentVolumeClaim ${problem.claim}, name it in spec.storage.pvc.claim`
    case 'RouteNotOurs':
      return `Route ${names.REGISTRY_NAMESPACE}/${problem.route} exists and was not made by the operator; rename it, or give the route in the Config another name`
    case 'ApiNotServed':
      return `the cluster does not serve the API group ${problem.group}; install it, or do not ask for what needs it`
  }
}

// Word for word what OpenShift's original operator says: scripts look for it.
const singleWriterText = ({ because }: Singled): string =>
  'replicas' in because
    ? 'cannot use ReadWriteOnce access mode with more than one replica of the image registry'
    : `cannot use ReadWriteOnce access mode with ${because.strategy} rollout strategy`
