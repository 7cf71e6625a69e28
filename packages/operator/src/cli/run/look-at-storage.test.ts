import { join } from 'node:path'

import { startInMemoryApiServer } from '@image-registry-operator/apply/testing'
import type { JsonObject, KubeObject } from '@image-registry-operator/render/model'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'

import { base64, s3KeysSecret } from '../../testing/credentials-secret'
import { kubeconfigFor } from '../../testing/kubeconfig-for'
import { configWith, openshiftObjects } from '../../testing/openshift-objects'
import { readOnlyS3 } from '../../testing/read-only-s3'
import { recordedIo } from '../../testing/recorded-io'
import { temporaryFolder } from '../../testing/temporary-folder'
import { runCli } from '../run-cli'

const SECRET_VALUE = 'a-secret-key-of-s3'
const KEYS = s3KeysSecret('an-id-of-s3', SECRET_VALUE)

const UID_MARK = 'imageregistry.operator.openshift.io/config-uid'

const storageAt = (regionEndpoint: string, bucket = 'images') => ({
  managementState: 'Managed',
  s3: { bucket, region: 'eu-central-1', regionEndpoint },
})

/** A cluster whose Config is about a bucket, and the service that has it. */
const clusterWithBucket = async (spec: JsonObject = {}) => {
  const s3 = await readOnlyS3()
  const storage = storageAt(s3.url)
  const config = configWith({ managementState: 'Managed', replicas: 1, storage, ...spec })
  const server = await startInMemoryApiServer({
    objects: [
      ...(await openshiftObjects()),
      KEYS,
      { ...config, status: { storage, storageManaged: true } },
    ],
  })
  onTestFinished(server.close)
  const uid = server.objects().find(({ kind }) => kind === 'Config')?.metadata.uid ?? ''
  const kubeconfig = await kubeconfigFor(server)
  const ran = async (...args: ReadonlyArray<string>) => {
    const { io, out, err } = recordedIo()
    const code = await runCli(io, [...args, '--kubeconfig', kubeconfig])()
    expect(`${out()}${err()}`).not.toContain(SECRET_VALUE)
    expect(`${out()}${err()}`).not.toContain(base64(SECRET_VALUE))
    return { code, out: out(), err: err() }
  }
  return { s3, ran, ours: { [UID_MARK]: uid } }
}

const actionsOf = (text: string, kind: string): ReadonlyArray<unknown> => {
  const { actions } = JSON.parse(text) as { readonly actions: ReadonlyArray<{ action: string }> }
  return actions.filter(({ action }) => action === kind)
}

describe('a plan for a cluster', () => {
  it('holds what would be put right of its bucket, one line for each step, and only reads', async () => {
    const { s3, ran, ours } = await clusterWithBucket()
    s3.show({ tags: ours })
    const { code, out, err } = await ran('plan')
    expect(code).toBe(2)
    expect(out).toContain(
      'put right storage s3/images\n' +
        '  set PublicAccessBlocked of S3 bucket images: {"blockPublicAcls":true,',
    )
    expect(out).toMatch(
      /\n {2}set IncompleteUploadCleanupEnabled of S3 bucket images: \[\{"days":1\}\]\n/,
    )
    expect(err).not.toContain('storage')
    const json = await ran('plan', '-o', 'json')
    expect(actionsOf(json.out, 'EnsureStorage')).toMatchObject([
      {
        place: 's3/images',
        description: expect.stringContaining('set Tagged of S3 bucket images, ') as string,
        steps: expect.arrayContaining([
          {
            _tag: 'Set',
            part: 'bucket',
            setting: { name: 'IncompleteUploadCleanupEnabled', wanted: [{ days: 1 }] },
          },
        ]) as unknown,
      },
    ])
    expect(s3.writes).toEqual([])
  })

  it('says how much would be removed', async () => {
    const { s3, ran, ours } = await clusterWithBucket({ managementState: 'Removed' })
    s3.show({ tags: ours, sizes: [5_000_000, 1_000_000] })
    const { out } = await ran('plan')
    expect(out).toContain(
      'remove storage s3/images: spec.managementState is Removed (ours: it carries our marks)\n' +
        '  remove S3 bucket images with 2 objects, 5.72 MiB\n',
    )
    const json = await ran('plan', '-o', 'json')
    expect(actionsOf(json.out, 'RemoveStorage')).toMatchObject([
      {
        place: 's3/images',
        because: 'spec.managementState is Removed',
        parts: [{ part: 'bucket', marks: ours }],
        contents: { objects: 2, bytes: 6_000_000, isWhole: true },
      },
    ])
    expect(s3.writes).toEqual([])
  })

  it('leaves alone what is not ours', async () => {
    const { s3, ran } = await clusterWithBucket({ managementState: 'Removed' })
    s3.show({ tags: { [UID_MARK]: 'of-another-cluster' }, sizes: [1] })
    expect((await ran('plan')).out).not.toContain('remove storage')
  })

  it('says why it does not know what would be done', async () => {
    const { s3, ran, ours } = await clusterWithBucket()
    s3.show({ tags: ours, isDenied: true })
    expect((await ran('plan')).err).toMatch(
      /warning: the plan may not hold all that would be done to the storage s3\/images: no permission for /,
    )
    const before = s3.reads()
    const { out, err } = await ran('plan', '--no-storage')
    expect(err).toContain(
      'warning: the plan may not hold all that would be done to the storage s3/images: nobody has looked at it (offline, or --no-storage)\n',
    )
    expect(out).not.toContain('storage s3/images')
    expect(s3.reads()).toBe(before)
  })

  it('warns that images stay behind, and looks at the storage of the Config that is planned for', async () => {
    const { s3, ran, ours } = await clusterWithBucket()
    s3.show({ tags: ours })
    const folder = await temporaryFolder({
      'config.json': JSON.stringify(
        configWith({
          managementState: 'Managed',
          replicas: 1,
          storage: storageAt(s3.url, 'others'),
        }),
      ),
    })
    const { err } = await ran('plan', '--config', join(folder, 'config.json'))
    expect(s3.reads()).toBeGreaterThan(0)
    expect(err).not.toContain('nobody has looked')
    expect(err).toContain('the images in s3/images stay behind')
  })
})

describe('what is observed of a cluster', () => {
  it('holds what is seen of its bucket, so that a plan from it says the same', async () => {
    const { s3, ran, ours } = await clusterWithBucket()
    s3.show({ tags: ours })
    const { code, out } = await ran('observe')
    expect(code).toBe(0)
    const { items } = parse(out) as { readonly items: ReadonlyArray<KubeObject> }
    expect(items.find(({ kind }) => kind === 'Storage')?.['status']).toMatchObject({
      place: 's3/images',
      sight: { parts: { bucket: { _tag: 'Present', marks: ours } } },
      troubles: [],
    })
    const folder = await temporaryFolder({ 'snapshot.yaml': out })
    const { io, out: planned, err } = recordedIo()
    await runCli(io, ['plan', '-f', join(folder, 'snapshot.yaml')])()
    expect(planned()).toContain('put right storage s3/images\n')
    expect(err()).not.toContain('nobody has looked')
  })

  it('holds nothing of it where nobody is to look', async () => {
    const { s3, ran } = await clusterWithBucket()
    const { out } = await ran('observe', '--no-storage')
    const { items } = parse(out) as { readonly items: ReadonlyArray<KubeObject> }
    expect(items.filter(({ kind }) => kind === 'Storage')).toEqual([])
    expect(s3.reads()).toBe(0)
  })
})
