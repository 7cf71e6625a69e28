import type { Condition } from '@image-registry-operator/render/model'
import type { CallRecord } from '@image-registry-operator/storage-drivers'
import { describe, expect, it } from 'vitest'

import { metrics, type Metrics } from './metrics'

/** The samples of one family. */
const samples = async ({ text }: Metrics, name: string): Promise<ReadonlyArray<string>> =>
  (await text()).split('\n').filter((line) => line.split(/[ {]/)[0] === name)

describe('the metrics of the original', () => {
  it('name one type of storage at a time', async () => {
    const counts = metrics('1')
    expect(await samples(counts, 'image_registry_storage_type')).toEqual([])
    counts.storageTypeIs('EmptyDir')()
    counts.storageTypeIs('PVC')()
    expect(await samples(counts, 'image_registry_storage_type')).toEqual([
      'image_registry_storage_type{storage="PVC"} 1',
    ])
  })

  it('say nothing of the pruner before it is known', async () => {
    const counts = metrics('1')
    const name = 'image_registry_operator_image_pruner_install_status'
    expect(await samples(counts, name)).toEqual([])
    const seen: string[] = []
    for (const state of ['absent', 'suspended', 'scheduled'] as const) {
      counts.prunerIs(state)()
      seen.push(...(await samples(counts, name)))
    }
    expect(seen).toEqual([`${name} 0`, `${name} 1`, `${name} 2`])
  })

  it('D14: count what happens', async () => {
    const counts = metrics('1')
    counts.storageReconfigured()
    counts.imageStreamTagsAre([{ source: 'pushed', location: 'other', count: 7 }])()
    counts.imageStreamTagsAre([
      { source: 'imported', location: 'openshift', count: 3 },
      { source: 'pushed', location: 'other', count: 4 },
    ])()
    expect(await samples(counts, 'image_registry_operator_storage_reconfigured_total')).toEqual([
      'image_registry_operator_storage_reconfigured_total 1',
    ])
    expect(await samples(counts, 'image_registry_image_stream_tags_total')).toEqual([
      'image_registry_image_stream_tags_total{source="imported",location="openshift"} 3',
      'image_registry_image_stream_tags_total{source="pushed",location="other"} 4',
    ])
    expect(await samples(counts, 'image_registry_operator_azure_key_cache_requests_total')).toEqual(
      [
        'image_registry_operator_azure_key_cache_requests_total{result="hit"} 0',
        'image_registry_operator_azure_key_cache_requests_total{result="miss"} 0',
      ],
    )
  })
})

describe('the metrics of storage', () => {
  it('count every request by the name under which people know the service', async () => {
    const counts = metrics('1')
    const seen = (backend: CallRecord['backend'], operation: string, code: string) =>
      counts.storageRequestSeen({ backend, operation, code })()
    seen('S3', 'HeadBucket', 'SlowDown')
    seen('S3', 'HeadBucket', 'ok')
    seen('S3', 'HeadBucket', 'ok')
    seen('Gcs', 'GetBucket', '503')
    seen('Azure', 'GetAccount', 'ok')
    seen('Swift', 'HeadContainer', '401')
    seen('IbmCos', 'HeadBucket', 'none')
    const name = 'image_registry_operator_storage_requests_total'
    expect(await samples(counts, name)).toEqual([
      `${name}{provider="S3",op="HeadBucket",code="SlowDown"} 1`,
      `${name}{provider="S3",op="HeadBucket",code="ok"} 2`,
      `${name}{provider="GCS",op="GetBucket",code="503"} 1`,
      `${name}{provider="Azure",op="GetAccount",code="ok"} 1`,
      `${name}{provider="Swift",op="HeadContainer",code="401"} 1`,
      `${name}{provider="IBMCOS",op="HeadBucket",code="none"} 1`,
    ])
  })

  it('tell keys of accounts that were known from those that had to be asked for', async () => {
    const counts = metrics('1')
    for (const wasKnown of [false, true, true]) counts.accountKeySeen(wasKnown)()
    const name = 'image_registry_operator_azure_key_cache_requests_total'
    expect(await samples(counts, name)).toEqual([
      `${name}{result="hit"} 2`,
      `${name}{result="miss"} 1`,
    ])
  })
})

it('shows how a condition stands now, and no longer how it stood', async () => {
  const counts = metrics('1')
  const degraded = (status: Condition['status'], reason: string): Condition => ({
    type: 'Degraded',
    status,
    reason,
    message: '',
  })
  counts.conditionsAre([degraded('True', 'Unavailable')])()
  counts.conditionsAre([degraded('False', 'AsExpected')])()
  expect(await samples(counts, 'image_registry_operator_condition')).toEqual([
    'image_registry_operator_condition{type="Degraded",status="False",reason="AsExpected"} 1',
  ])
})
