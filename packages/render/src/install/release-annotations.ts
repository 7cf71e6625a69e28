/** What tells the release tooling of OpenShift to install an object, in which kinds of cluster; elsewhere nobody reads it. */
export const releaseAnnotations = {
  'capability.openshift.io/name': 'ImageRegistry',
  'include.release.openshift.io/hypershift': 'true',
  'include.release.openshift.io/ibm-cloud-managed': 'true',
  'include.release.openshift.io/self-managed-high-availability': 'true',
  'include.release.openshift.io/single-node-developer': 'true',
} as const
