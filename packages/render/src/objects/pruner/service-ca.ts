import { type ClusterFacts, type KubeObject, names } from '../../model'
import { convergingPlain, type Rendered } from '../rendered'

/** The key under which OpenShift puts the authority. */
export const SERVICE_CA_KEY = 'service-ca.crt'

const bundle: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: names.SERVICE_CA_CONFIG_MAP,
    namespace: names.REGISTRY_NAMESPACE,
    annotations: { 'service.beta.openshift.io/inject-cabundle': 'true' },
  },
}

/**
 * Where OpenShift's service CA puts the authority of its serving certificates: the annotation asks for it. The
 * data are its own, so nothing is said of them here.
 *
 * Early among all objects: the pods are to trust it, so it had better be there when they are made.
 */
export const serviceCa = ({ platform }: ClusterFacts): ReadonlyArray<Rendered> =>
  platform === 'OpenShift' ? [convergingPlain(bundle)] : []
