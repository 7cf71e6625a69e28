import { openshiftObjects } from '@image-registry-operator/operator/testing'

import { settingOf, type Setting } from './edit-trial'
import { kubernetesScenario, openshiftScenario } from './scenarios'
import { kubernetesObjects } from './wishes/kubernetes-cluster'
import { KUBERNETES_WISHES } from './wishes/kubernetes-wishes'
import { OPENSHIFT_WISHES } from './wishes/openshift-wishes'

/** OpenShift, with everything that may be wanted there. */
export const OPENSHIFT = settingOf(openshiftObjects, OPENSHIFT_WISHES, openshiftScenario)

/** Plain Kubernetes, likewise. */
export const KUBERNETES = settingOf(kubernetesObjects, KUBERNETES_WISHES, kubernetesScenario)

/** Every cluster in which something may be wanted, by name. */
export const SETTINGS: { readonly [name: string]: Setting } = {
  OpenShift: OPENSHIFT,
  'plain Kubernetes': KUBERNETES,
}
