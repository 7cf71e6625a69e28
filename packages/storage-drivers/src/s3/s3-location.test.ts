import type { S3Connection } from '@image-registry-operator/render/model'
import { expect, test } from 'vitest'

import { s3Location } from './s3-location'

const connection: S3Connection = {
  _tag: 'S3',
  region: 'eu-central-1',
  endpoint: '',
  pathStyle: false,
  dualStack: true,
  stsEndpoint: '',
}

test.each([
  ['eu-central-1', true],
  ['us-gov-west-1', true],
  ['cn-north-1', true],
  ['us-iso-east-1', false],
  ['us-isob-east-1', false],
  ['us-isof-south-1', false],
  ['eu-isoe-west-1', false],
])('in %s hosts of both protocols are used: %s', (region, dualStack) => {
  expect(s3Location({ ...connection, region })).toMatchObject({ region, dualStack })
})

test('an endpoint is one host, whatever protocols it has', () => {
  expect(s3Location({ ...connection, endpoint: 'https://s3.example.com' })).toMatchObject({
    endpoint: 'https://s3.example.com',
    dualStack: false,
  })
})

test('a service without regions is asked as the first of them', () => {
  const { region } = s3Location({ ...connection, region: '', endpoint: 'https://s3.example.com' })
  expect(region).toBe('us-east-1')
})
