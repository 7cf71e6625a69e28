import { describe, expect, it } from 'vitest'

import { awsPolicy } from './aws'
import { type Cloud, cloudPermissions } from './cloud-permissions'
import { credentialsRequests } from './credentials-requests'

const textOf = (value: unknown): string => JSON.stringify(value)

const BUCKET = 'arn:aws:s3:::my-images'
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/0000'

describe('the permissions of a cloud', () => {
  it.each([
    ['aws', 'AWSProviderSpec', /"s3:\w+"/g],
    ['azure', 'AzureProviderSpec', /"Microsoft\.[\w./]+"/g],
    ['gcp', 'GCPProviderSpec', /"(storage|resourcemanager)\.[\w.]+"/g],
    ['ibmcloud', 'IBMCloudProviderSpec', /"crn:[^"]+"/g],
  ] as const)('are for people what they are for the minter: %s', (cloud, kind, permission) => {
    const request = credentialsRequests.find((one) => textOf(one).includes(`"${kind}"`))
    const minted = textOf(request).match(permission) ?? []
    expect(minted.length).toBeGreaterThan(3)
    expect((textOf(cloudPermissions(cloud, {})).match(permission) ?? []).sort()).toEqual(
      [...minted].sort(),
    )
  })

  it.each<Cloud>(['aws', 'azure', 'gcp', 'ibmcloud', 'openstack'])(
    'are named one by one: %s',
    (cloud) => {
      const printed = textOf(cloudPermissions(cloud, { bucket: 'my-images' }))
      expect(printed).not.toMatch(/"[\w.:/]+[:/.]\*"/)
    },
  )
})

describe('a policy of AWS', () => {
  it('allows each action on what it is about, and on nothing else', () => {
    const policy = awsPolicy({ bucket: 'my-images' })
    expect(policy).toMatchObject({ Statement: [{ Resource: BUCKET }, { Resource: `${BUCKET}/*` }] })
    const [ofBucket, ofObjects] = textOf(policy).split(BUCKET)
    for (const action of ['ListBucket', 'ListBucketVersions', 'ListBucketMultipartUploads'])
      expect(ofBucket).toContain(`"s3:${action}"`)
    for (const action of ['PutObject', 'DeleteObjectVersion', 'ListMultipartUploadParts'])
      expect(ofObjects).toContain(`"s3:${action}"`)
  })

  it('takes a bucket of another partition by its ARN', () => {
    const bucket = 'arn:aws-us-gov:s3:::my-images'
    expect(awsPolicy({ bucket })).toMatchObject({
      Statement: [{ Resource: bucket }, { Resource: `${bucket}/*` }],
    })
  })

  it('is silent about keys, unless there is one: then S3 may use it, and nobody else', () => {
    expect(textOf(awsPolicy({ bucket: 'my-images' }))).not.toContain('kms')
    expect(awsPolicy({ kmsKey: KEY })).toMatchObject({
      Statement: [
        { Resource: '*' },
        { Resource: '*' },
        {
          Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
          Resource: KEY,
          Condition: { StringLike: { 'kms:ViaService': 's3.*' } },
        },
      ],
    })
  })
})

describe('a role of Azure', () => {
  it('keeps what is done with blobs apart, and names where it may be assigned', () => {
    const assignableScope = '/subscriptions/1/resourceGroups/images'
    const role = cloudPermissions('azure', { assignableScope })
    expect(role).toMatchObject({ AssignableScopes: [assignableScope] })
    const [actions = '', dataActions = ''] = textOf(role).split('"NotActions"')
    expect(actions).not.toContain('/blobs/')
    expect(dataActions.match(/\/blobs\/\w+/g)).toEqual([
      '/blobs/read',
      '/blobs/write',
      '/blobs/delete',
    ])
  })
})

describe('the rules of Swift', () => {
  it('are about one container where that is known', () => {
    const rules = cloudPermissions('openstack', { bucket: 'my-images' })
    expect(rules).toContainEqual({
      service: 'object-store',
      method: 'PUT',
      path: '/v1/{account}/my-images/**',
    })
    expect(textOf(rules)).not.toContain('{container}')
    expect(textOf(cloudPermissions('openstack', {}))).toContain('/v1/{account}/{container}')
  })
})
