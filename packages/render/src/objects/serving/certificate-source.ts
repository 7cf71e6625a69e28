import { type ClusterFacts, type Config, names } from '../../model'

/**
 * Who makes the registry's certificate.
 *
 * - `OpenShift`: its service CA
 * - `user`: a Secret without our mark, or a Certificate of cert-manager that we did not write: it is used as it is
 * - `cert-manager`: as we ask it to
 * - `operator`: we do
 */
export type CertificateSource = 'OpenShift' | 'user' | 'cert-manager' | 'operator'

export const certificateSource = (
  { certificateIssuer }: Pick<Config, 'certificateIssuer'>,
  { platform, certificates, servedGroups }: ClusterFacts,
): CertificateSource => {
  if (platform === 'OpenShift') return 'OpenShift'
  if (certificates.serving?.ours === false || certificates.foreignRequest) return 'user'
  return certificateIssuer !== undefined || servedGroups.includes(names.CERT_MANAGER_GROUP)
    ? 'cert-manager'
    : 'operator'
}
