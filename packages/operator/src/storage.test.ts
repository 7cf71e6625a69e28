import { startInMemoryApiServer } from '@image-registry-operator/apply/testing'
import { isJsonObject, objectsOf } from '@image-registry-operator/render/model'
import { expect, it, onTestFinished } from 'vitest'

import { base64, s3KeysSecret } from './testing/credentials-secret'
import { configWith, openshiftObjects } from './testing/openshift-objects'
import { readOnlyS3 } from './testing/read-only-s3'
import { eventually, startedOperator } from './testing/started-operator'

const KEYS = s3KeysSecret('an-id', 'a-secret-value')

it('tells in conditions and Events what it may not put right, tries it again, and keeps the registry', async () => {
  const s3 = await readOnlyS3()
  const storage = {
    managementState: 'Managed',
    s3: { bucket: 'images', region: 'eu-central-1', regionEndpoint: s3.url },
  }
  const config = configWith({ managementState: 'Managed', replicas: 1, storage })
  const server = await startInMemoryApiServer({
    objects: [
      ...(await openshiftObjects()),
      KEYS,
      { ...config, status: { storage, storageManaged: true } },
    ],
  })
  onTestFinished(server.close)
  const live = () => server.objects().find(({ kind }) => kind === 'Config')
  const uid = live()?.metadata.uid ?? ''
  s3.show({ tags: { 'imageregistry.operator.openshift.io/config-uid': uid } })
  const operator = startedOperator(server)

  const condition = (type: string) => {
    const status = live()?.['status']
    const found = isJsonObject(status) ? objectsOf(status['conditions']) : []
    return found.find((one) => one['type'] === type)
  }
  const events = () =>
    server
      .objects()
      .filter(({ kind }) => kind === 'Event')
      .map((event) => event['reason'])
  await eventually(
    () => [condition('StorageTagged'), s3.writes.length] as const,
    ([tagged, writes]) => tagged?.['reason'] === 'StorageAccessDenied' && writes > 8,
    15_000,
  )
  expect(condition('StorageExists')).toMatchObject({ status: 'True', reason: 'S3BucketExists' })
  expect(condition('StorageCredentialsAccepted')).toMatchObject({ status: 'True' })
  await eventually(events, (reasons) => reasons.includes('StorageHardeningFailed'))
  expect(
    server.objects().some(({ kind, metadata }) => {
      return kind === 'Deployment' && metadata.name === 'image-registry'
    }),
  ).toBe(true)
  expect(await operator.stop()).toBe(0)
  const said = JSON.stringify([
    operator.log(),
    server.objects().filter(({ kind }) => kind !== 'Secret'),
  ])
  expect(said).not.toContain('a-secret-value')
  expect(said).not.toContain(base64('a-secret-value'))
  const before = s3.writes.length
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(s3.writes).toHaveLength(before)
})
