import { type CertificateAuthority, certificateFrom } from './certificates'

export type KubeconfigUser = Readonly<{ name: string; groups?: ReadonlyArray<string> }>

const base64 = (text: string): string => Buffer.from(text).toString('base64')

export type ClusterEntry = Readonly<{
  server: string
  'certificate-authority-data'?: string
  'insecure-skip-tls-verify'?: boolean
  'tls-server-name'?: string
}>

export type UserEntry = Readonly<{
  'client-certificate-data'?: string
  'client-key-data'?: string
  token?: string
}>

/** What a kubeconfig of ours holds; it is written as JSON, which every reader of YAML takes. */
export type Kubeconfig = Readonly<{
  apiVersion: 'v1'
  kind: 'Config'
  clusters: readonly [Readonly<{ name: string; cluster: ClusterEntry }>]
  users: readonly [Readonly<{ name: string; user: UserEntry }>]
  contexts: readonly [
    Readonly<{ name: string; context: Readonly<{ cluster: string; user: string }> }>,
  ]
  'current-context': string
}>

/** A kubeconfig of one cluster and one user. */
export const singleContext = (
  name: string,
  cluster: ClusterEntry,
  [userName, user]: readonly [string, UserEntry],
): Kubeconfig => ({
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name, cluster }],
  users: [{ name: userName, user }],
  contexts: [{ name, context: { cluster: name, user: userName } }],
  'current-context': name,
})

/** A kubeconfig of a user who proves by a new client certificate who they are and which groups they are in. */
export const kubeconfig = async (
  server: string,
  authority: CertificateAuthority,
  { name, groups = [] }: KubeconfigUser,
): Promise<Kubeconfig> => {
  const { certificate, privateKey } = await certificateFrom(authority, {
    commonName: name,
    organizations: groups,
  })
  const credentials = {
    'client-certificate-data': base64(certificate),
    'client-key-data': base64(privateKey),
  }
  const cluster = { server, 'certificate-authority-data': base64(authority.certificate) }
  return singleContext('control-plane', cluster, [name, credentials])
}
