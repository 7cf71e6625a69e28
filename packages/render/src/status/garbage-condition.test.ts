import { describe, expect, test } from 'vitest'

import type { CollectingJob, DryRun, PruningFacts } from '../model'
import { garbageCondition } from './garbage-condition'

const NOW = '2026-01-01T03:10:00Z'

const dryRun = (found?: DryRun['found']): DryRun => ({
  name: 'image-pruner-1',
  uid: 'aaaaaaaa-1',
  endedAt: '2026-01-01T03:00:00Z',
  countedUntagged: false,
  ...(found === undefined ? {} : { found }),
})

const job = (changes: Partial<CollectingJob>): CollectingJob => ({
  name: 'image-pruner-collect-aaaaaaaa',
  uid: 'c',
  state: 'succeeded',
  madeAt: '2026-01-01T03:01:00Z',
  endedAt: '2026-01-01T03:05:00Z',
  deadlineSeconds: 60,
  message: '',
  ...changes,
})

const said = (pruning: Partial<PruningFacts>, now = NOW): ReadonlyArray<string> =>
  garbageCondition({ pruning: { hasCronJob: true, collecting: [], ...pruning }, now }).map(
    ({ status, reason, message }) => `${status} ${reason}: ${message}`,
  )

const FOUND = 'dry run image-pruner-1 found 1 blob and 2 manifests at 2026-01-01T03:00:00Z'

describe('what is said of garbage', () => {
  const found = dryRun({ blobs: 1, manifests: 2 })

  test('is nothing on OpenShift', () => {
    expect(garbageCondition({ now: NOW })).toEqual([])
  })

  test('is that nobody has looked yet, or that it cannot be read what was found', () => {
    expect(said({})).toEqual(['Unknown NoDryRun: No dry run has completed yet'])
    expect(said({ dryRun: dryRun() })).toEqual([
      'Unknown NotRead: dry run image-pruner-1 found nothing that can be read at 2026-01-01T03:00:00Z',
    ])
  })

  test('is what was found, and what became of it', () => {
    expect(said({ dryRun: found })).toEqual([`False GarbageFound: ${FOUND}`])
    expect(
      said({ dryRun: found, collecting: [job({ freed: { blobs: 1, manifests: 2 } })] }),
    ).toEqual([
      `True Collected: ${FOUND}; image-pruner-collect-aaaaaaaa deleted 1 blob and 2 manifests at 2026-01-01T03:05:00Z`,
    ])
    expect(said({ dryRun: found, collecting: [job({})] })).toEqual([
      `True Collected: ${FOUND}; image-pruner-collect-aaaaaaaa deleted what it found at 2026-01-01T03:05:00Z`,
    ])
  })

  test('is why it could not be deleted', () => {
    const failed = job({ state: 'failed', message: 'Job was active longer than its deadline' })
    expect(said({ dryRun: found, collecting: [failed] })).toEqual([
      `False CollectionFailed: ${FOUND}; image-pruner-collect-aaaaaaaa failed at 2026-01-01T03:05:00Z: Job was active longer than its deadline`,
    ])
  })

  test('is that it is being deleted, also what another dry run has found', () => {
    const running = job({ name: 'image-pruner-collect-b', state: 'unfinished', endedAt: '' })
    expect(said({ dryRun: found, collecting: [running] }, '2026-01-01T03:07:59Z')[0]).toContain(
      'False Collecting: ',
    )
    expect(said({ dryRun: found, collecting: [running] }, '2026-01-01T03:08:00Z')[0]).toContain(
      'False CollectionOverdue: ',
    )
  })

  test('does not mix what earlier Jobs have deleted with what was found last', () => {
    const earlier = job({ name: 'image-pruner-collect-b' })
    expect(said({ dryRun: found, collecting: [earlier] })).toEqual([`False GarbageFound: ${FOUND}`])
  })
})
