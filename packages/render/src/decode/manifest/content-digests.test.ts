import { expect, it } from 'vitest'

import { digestOfText } from '../../digest'
import type { ClusterFacts, KubeObject } from '../../model'
import { foreignReadings } from '../readings'
import { contentDigests } from './content-digests'

const bundle = (text: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'trusted-ca', namespace: 'openshift-image-registry' },
  data: { 'ca-bundle.crt': text },
})

const digestsOf = (object: KubeObject): ClusterFacts['contents'][number]['entries'] | undefined =>
  contentDigests(foreignReadings([object]))[0]?.entries

it('digests an object once, however often it is looked at', () => {
  const object = bundle('an authority')
  const first = digestsOf(object)
  expect(first).toEqual({ 'ca-bundle.crt': digestOfText('an authority') })
  expect(digestsOf(object)).toBe(first)
})

it('digests what has come in the place of an object', () => {
  expect(digestsOf(bundle('one'))).not.toEqual(digestsOf(bundle('another')))
})
