import { join } from 'node:path'

import { startInMemoryApiServer } from '@image-registry-operator/apply/testing'
import { describe, expect, it, onTestFinished } from 'vitest'

import { kubeconfigFor } from '../../testing/kubeconfig-for'
import { configWith, openshiftObjects } from '../../testing/openshift-objects'
import { recordedIo } from '../../testing/recorded-io'
import { eventually, startedOperator } from '../../testing/started-operator'
import { temporaryFolder } from '../../testing/temporary-folder'
import { runCli } from '../run-cli'

const EMPTY_DIR = { managementState: 'Managed', replicas: 1, storage: { emptyDir: {} } }

/** A cluster in which the operator has done its work, and a kubeconfig for it. */
const convergedCluster = async () => {
  const server = await startInMemoryApiServer({
    objects: [...(await openshiftObjects()), configWith(EMPTY_DIR)],
  })
  onTestFinished(server.close)
  const operator = startedOperator(server)
  // Authorities are put together in the second pass, once there is a place for those of the cluster.
  await eventually(
    () => server.objects().find(({ metadata }) => metadata.name === 'image-registry-ca'),
    (authorities) => authorities !== undefined,
  )
  await operator.stop()
  const folder = await temporaryFolder({
    'config.json': JSON.stringify(configWith({ ...EMPTY_DIR, replicas: 3 })),
    'no-config.json': JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }),
  })
  return { server, folder, kubeconfig: await kubeconfigFor(server) }
}

const ran = async (...args: ReadonlyArray<string>) => {
  const { io, out, err } = recordedIo()
  return { code: await runCli(io, args)(), out: out(), err: err() }
}

describe('the commands that look at a cluster', () => {
  it('find nothing to do in a cluster that is as it should be', async () => {
    const { kubeconfig } = await convergedCluster()
    expect(await ran('plan', '--kubeconfig', kubeconfig)).toEqual({
      code: 0,
      out: 'Nothing to do: everything is as it should be.\n',
      err: '',
    })
  })

  it('show what somebody has changed, as one line and as a diff', async () => {
    const { server, kubeconfig } = await convergedCluster()
    server.load({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 'image-registry',
        namespace: 'openshift-image-registry',
        labels: { 'docker-registry': 'changed' },
      },
    })
    const { code, out } = await ran('plan', '--kubeconfig', kubeconfig)
    expect(code).toBe(2)
    expect(out).toContain('update Service openshift-image-registry/image-registry: ')
    expect(out).toContain('--- live/Service openshift-image-registry/image-registry\n')
    expect(out).toContain('-    docker-registry: changed\n+    docker-registry: default\n')
    const json = await ran('plan', '--kubeconfig', kubeconfig, '-o', 'json')
    expect(json.code).toBe(2)
    expect(JSON.parse(json.out)).toMatchObject({
      actions: [{ action: 'ApplyObject', change: 'update', ref: { kind: 'Service' } }],
      withheld: [],
    })
  })

  it('take the release that runs for the one that is meant, unless told otherwise', async () => {
    const { kubeconfig } = await convergedCluster()
    const release = {
      registryImage: '',
      operatorImage: '',
      prunerImage: '',
      version: '',
      imageVersion: '',
    }
    const { io, err } = recordedIo('', { release })
    expect(await runCli(io, ['plan', '--kubeconfig', kubeconfig])()).toBe(0)
    expect(err()).toBe('')
    const { code, out } = await ran('plan', '--kubeconfig', kubeconfig, '--image', 'a/b:new')
    expect(code).toBe(2)
    expect(out).toMatch(/^-.* image: registry\.example\/registry:v1\n\+.* image: a\/b:new$/m)
  })

  it('show what a changed Config would do, and change nothing', async () => {
    const { server, kubeconfig, folder } = await convergedCluster()
    const before = server.objects()
    const { code, out } = await ran(
      'plan',
      '--kubeconfig',
      kubeconfig,
      '--config',
      join(folder, 'config.json'),
    )
    expect(code).toBe(2)
    expect(out).toContain('-  replicas: 1\n+  replicas: 3\n')
    expect(server.objects()).toEqual(before)
  })

  it('refuse a Config file without a Config', async () => {
    const { kubeconfig, folder } = await convergedCluster()
    const file = join(folder, 'no-config.json')
    expect(await ran('plan', '--kubeconfig', kubeconfig, '--config', file)).toEqual({
      code: 1,
      out: '',
      err: `${file}: there is no Config in it; give --config a file with one\n`,
    })
  })

  it('print a snapshot that says the same as the cluster, without secret values', async () => {
    const { kubeconfig } = await convergedCluster()
    const snapshot = await ran('observe', '--kubeconfig', kubeconfig)
    expect(snapshot.code).toBe(0)
    const folder = await temporaryFolder({ 'snapshot.yaml': snapshot.out })
    expect(await ran('plan', '-f', join(folder, 'snapshot.yaml'))).toMatchObject({
      code: 0,
      err: '',
    })
    const digests = snapshot.out.match(/sha256:[0-9a-f]{64}/g) ?? []
    expect(digests.length).toBeGreaterThan(3)
  })

  it('say how the registry fares', async () => {
    const { kubeconfig } = await convergedCluster()
    const { code, out } = await ran('status', '--kubeconfig', kubeconfig)
    expect(code).toBe(2)
    expect(out).toMatch(/^CONDITION +STATUS +REASON +MESSAGE\n/)
    expect(out).toMatch(/^Available +False +NoReplicasAvailable +The deployment does not have/m)
    const json = await ran('status', '--kubeconfig', kubeconfig, '-o', 'json')
    expect(JSON.parse(json.out)).toMatchObject({ wellness: 'unwell', upToDate: true })
  })

  it('say what is wrong with a Config, and what to do', async () => {
    const { server, kubeconfig } = await convergedCluster()
    server.load(configWith({ ...EMPTY_DIR, storage: { emptyDir: {}, pvc: {} } }))
    const planned = await ran('plan', '--kubeconfig', kubeconfig)
    expect(planned.code).toBe(1)
    expect(planned.err).toMatch(/^Config cluster: spec\.storage.*: .+; .+\n$/)
    const { code, out } = await ran('status', '--kubeconfig', kubeconfig)
    expect(code).toBe(2)
    expect(out).toContain('The operator has not seen the newest Config yet.')
    expect(out).toContain(`- ${planned.err}`)
  })

  it('say what to do when the cluster does not answer', async () => {
    const { server, kubeconfig } = await convergedCluster()
    await server.close()
    for (const command of ['plan', 'status', 'observe']) {
      const { code, out, err } = await ran(command, '--kubeconfig', kubeconfig)
      expect([code, out]).toEqual([1, ''])
      expect(err).toContain('check that the cluster answers')
    }
    const missing = await ran('plan', '--kubeconfig', '/nowhere')
    expect(missing.code).toBe(1)
    expect(missing.err).toContain('--kubeconfig')
  })
})
