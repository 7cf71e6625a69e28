import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { certificateAuthority, certificateFrom } from '../cluster/certificates'
import { removeAtExit } from '../cluster/exit-cleanup'

/**
 * How the API server, which is outside of the node's network, reaches what is inside: the kubelet, for logs and exec;
 * pods, to stand for them.
 */
export type ApiServerGateway = Readonly<{
  apiServerFlags: ReadonlyArray<string>
  /** Where the node's supervisor has to listen. */
  socketPath: string
  /** PEM of who signed the certificate that the API server shows to kubelets. */
  authority: string
  remove: () => Promise<void>
}>

const selection = (socketPath: string): unknown => ({
  apiVersion: 'apiserver.k8s.io/v1beta1',
  kind: 'EgressSelectorConfiguration',
  egressSelections: [
    {
      name: 'cluster',
      connection: {
        proxyProtocol: 'HTTPConnect',
        transport: { uds: { udsName: socketPath } },
      },
    },
  ],
})

/** Makes what an API server has to be started with so that a node can be added to it. */
export const makeApiServerGateway = async (): Promise<ApiServerGateway> => {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'))
  const forget = removeAtExit(folder)
  const authority = await certificateAuthority('kubelet-clients')
  const { certificate, privateKey } = await certificateFrom(authority, {
    commonName: 'kube-apiserver',
    // The kubelet asks the API server who this is and what they may do.
    organizations: ['system:masters'],
  })
  const write = async (name: string, content: string): Promise<string> => {
    await writeFile(join(folder, name), content, { mode: 0o600 })
    return join(folder, name)
  }
  const socketPath = join(folder, 'node.sock')
  return {
    socketPath,
    authority: authority.certificate,
    apiServerFlags: [
      // Added to the one that is there.
      '--authorization-mode=Node',
      '--enable-admission-plugins=NodeRestriction',
      `--egress-selector-config-file=${await write('egress.json', JSON.stringify(selection(socketPath)))}`,
      `--kubelet-client-certificate=${await write('client.crt', certificate)}`,
      `--kubelet-client-key=${await write('client.key', privateKey)}`,
      '--kubelet-preferred-address-types=InternalIP',
    ],
    remove: async () => {
      await rm(folder, { recursive: true, force: true })
      forget()
    },
  }
}
