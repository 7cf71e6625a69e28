import { join } from 'node:path'

import { expect, it } from 'vitest'

import { recordedIo } from '../testing/recorded-io'
import { temporaryFolder } from '../testing/temporary-folder'
import { runCli } from './run-cli'

const condition = (type: string, status: string): object => ({
  type,
  status,
  reason: 'Ready',
  message: '',
})

/** A registry that works on an account of Azure, of which the operator has a key by the cluster's own identity. */
const onAzure = (storage: object): string =>
  [
    {
      apiVersion: 'imageregistry.operator.openshift.io/v1',
      kind: 'Config',
      metadata: { name: 'cluster', generation: 1, uid: 'a' },
      spec: { managementState: 'Managed', replicas: 2, storage },
      status: {
        observedGeneration: 1,
        conditions: [
          condition('Available', 'True'),
          condition('Progressing', 'False'),
          condition('Degraded', 'False'),
        ],
      },
    },
    {
      apiVersion: 'config.openshift.io/v1',
      kind: 'Infrastructure',
      metadata: { name: 'cluster' },
      status: { infrastructureName: 'demo-7xk2p', platformStatus: { type: 'Azure' } },
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'installer-cloud-credentials', namespace: 'openshift-image-registry' },
      stringData: {
        azure_client_id: 'a',
        azure_tenant_id: 'b',
        azure_subscription_id: 'c',
        azure_client_secret: 'd',
      },
    },
  ]
    .map((object) => JSON.stringify(object))
    .join('\n---\n')

const statusOf = async (snapshot: string) => {
  const folder = await temporaryFolder({ 'snapshot.yaml': snapshot })
  const { io, out, err } = recordedIo()
  const code = await runCli(io, ['status', '-f', join(folder, 'snapshot.yaml')])()
  return { code, out: out(), err: err() }
}

it('does not miss what only the operator has from the cloud', async () => {
  const azure = { accountName: 'images', container: 'images' }
  const { code, out } = await statusOf(onAzure({ azure }))
  expect(out).not.toContain('What is wrong')
  expect(code).toBe(0)
})

it('says what is missing in the cluster, whatever the conditions say', async () => {
  const { code, out } = await statusOf(onAzure({ pvc: { claim: 'nobody-has-made-it' } }))
  expect(out).toContain('What is wrong')
  expect(out).toContain('nobody-has-made-it')
  expect(code).toBe(2)
})
