import { type CertificateAuthority, certificateFrom } from './certificates'

export type KubeconfigUser = Readonly<{ name: string; groups?: ReadonlyArray<string> }>

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** What a kubeconfig of ours holds; it is written as JSON, which every reader of YAML takes. */
export type Kubeconfig = Readonly<{
  apiVersion: 'v1'
  kind: 'Config'
  clusters: readonly [
    Readonly<{
      name: string
      cluster: Readonly<{ server: string; 'certificate-authority-data': string }>
    }>,
  ]
  users: readonly [
    Readonly<{
      name: string
      user: Readonly<{ 'client-certificate-data': string; 'client-key-data': string }>
    }>,
  ]
  contexts: readonly [
    Readonly<{ name: string; context: Readonly<{ cluster: string; user: string }> }>,
  ]
  'current-context': string
}>

/** A kubeconfig of a user who proves by a new client certificate who they are and which groups they are in. */
export const kubeconfig = (
  server: string,
  authority: CertificateAuthority,
  { name, groups = [] }: KubeconfigUser,
): Kubeconfig => {
  const { certificate, privateKey } = certificateFrom(authority, {
    commonName: name,
    organizations: groups,
  })
  const credentials = {
    'client-certificate-data': base64(certificate),
    'client-key-data': base64(privateKey),
  }
  const cluster = { server, 'certificate-authority-data': base64(authority.certificate) }
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'control-plane', cluster }],
    users: [{ name, user: credentials }],
    contexts: [{ name: 'control-plane', context: { cluster: 'control-plane', user: name } }],
    'current-context': 'control-plane',
  }
}
