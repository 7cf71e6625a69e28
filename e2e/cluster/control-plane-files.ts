import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { auditPolicy } from './audit-log'
import {
  type CertificateAuthority,
  certificateAuthority,
  certificateFrom,
  signingKeys,
} from './certificates'
import { kubeconfig, type KubeconfigUser } from './kubeconfig'
import { fileIn, type FileName, type Layout } from './server-arguments'

/** Makes a user's client certificate; returns where the kubeconfig with it lies. */
export type KubeconfigFor = (user: string, groups?: ReadonlyArray<string>) => Promise<string>

export const urlOf = ({ apiServerPort }: Layout): string => `https://127.0.0.1:${apiServerPort}`

const serverHosts = ['127.0.0.1', 'localhost', '10.0.0.1', 'kubernetes.default.svc']

const writePrivate = (path: string, content: string): Promise<void> =>
  writeFile(path, content, { mode: 0o600 })

const writeKubeconfig = async (
  path: string,
  layout: Layout,
  authority: CertificateAuthority,
  user: KubeconfigUser,
): Promise<void> =>
  writePrivate(path, JSON.stringify(await kubeconfig(urlOf(layout), authority, user), null, 2))

const credentials = async (
  authority: CertificateAuthority,
): Promise<ReadonlyArray<readonly [FileName, string]>> => {
  const server = await certificateFrom(authority, {
    commonName: 'kube-apiserver',
    hosts: serverHosts,
  })
  const serviceAccount = await signingKeys()
  return [
    ['ca.crt', authority.certificate],
    ['server.crt', server.certificate],
    ['server.key', server.privateKey],
    ['service-account.pub', serviceAccount.publicKey],
    ['service-account.key', serviceAccount.privateKey],
    ['audit-policy.json', JSON.stringify(auditPolicy)],
  ]
}

// system:masters may do everything; the other two names have their roles from the start.
const firstUsers: ReadonlyArray<readonly [FileName, KubeconfigUser]> = [
  ['admin.kubeconfig', { name: 'admin', groups: ['system:masters'] }],
  ['kube-controller-manager.kubeconfig', { name: 'system:kube-controller-manager' }],
  ['kube-scheduler.kubeconfig', { name: 'system:kube-scheduler' }],
]

const kubeconfigWriter = (layout: Layout, authority: CertificateAuthority): KubeconfigFor => {
  let written = 0
  return async (user, groups = []) => {
    // Numbered, because one user may be asked for with different groups, and has characters like `:`.
    const path = join(
      layout.folder,
      'users',
      `${++written}-${user.replace(/[^\w.-]/g, '_')}.kubeconfig`,
    )
    await writeKubeconfig(path, layout, authority, { name: user, groups })
    return path
  }
}

/** Writes all files that the servers read; what is returned makes further users. */
export const writeControlPlaneFiles = async (layout: Layout): Promise<KubeconfigFor> => {
  const authority = await certificateAuthority('control-plane-ca')
  for (const folder of ['logs', 'users'])
    await mkdir(join(layout.folder, folder), { recursive: true })
  for (const [file, content] of await credentials(authority)) {
    await writePrivate(fileIn(layout, file), content)
  }
  for (const [file, user] of firstUsers) {
    await writeKubeconfig(fileIn(layout, file), layout, authority, user)
  }
  return kubeconfigWriter(layout, authority)
}
