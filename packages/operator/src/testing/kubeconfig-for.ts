import { join } from 'node:path'

import type { InMemoryApiServer } from '@image-registry-operator/apply/testing'

import { temporaryFolder } from './temporary-folder'

/** The path of a kubeconfig for a server in memory, for the time of a test. */
export const kubeconfigFor = async ({ url }: Pick<InMemoryApiServer, 'url'>): Promise<string> => {
  const folder = await temporaryFolder({
    kubeconfig: JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'it',
      clusters: [{ name: 'it', cluster: { server: url } }],
      contexts: [{ name: 'it', context: { cluster: 'it', user: 'me' } }],
      users: [{ name: 'me', user: {} }],
    }),
  })
  return join(folder, 'kubeconfig')
}
