import { describe, expect, test } from 'vitest'

import type { JsonObject, KubeObject } from '../model'
import { readOnlyProgress, type ReadOnlySights } from './read-only-progress'

const NOW = '2026-01-01T03:02:00Z'

const podSpec = (isReadOnly: boolean): JsonObject => ({
  containers: [
    {
      name: 'registry',
      env: isReadOnly
        ? [{ name: 'REGISTRY_STORAGE_MAINTENANCE_READONLY', value: '{enabled: true}' }]
        : [],
    },
  ],
})

const deployment = (isReadOnly: boolean, status: JsonObject = {}): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'image-registry', generation: 5 },
  spec: { replicas: 2, template: { spec: podSpec(isReadOnly) } },
  status: {
    observedGeneration: 5,
    replicas: 2,
    updatedReplicas: 2,
    availableReplicas: 2,
    ...status,
  },
})

const pod = (name: string, isReadOnly: boolean, phase = 'Running'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    labels: { 'docker-registry': 'default' },
    // Pods that are being ended count all the same.
    deletionTimestamp: NOW,
  },
  spec: podSpec(isReadOnly),
  status: { phase },
})

const job = (creationTimestamp: string): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'image-pruner-collect-a', creationTimestamp },
})

const said = (changes: Partial<ReadOnlySights> = {}) => {
  const progress = readOnlyProgress({
    deployment: deployment(true),
    pods: [pod('a', true), pod('b', true)],
    job: job('2026-01-01T03:00:00Z'),
    now: NOW,
    ...changes,
  })
  return progress._tag === 'ReadOnly' ? progress._tag : `${progress._tag}: ${progress.why}`
}

describe('garbage may be deleted', () => {
  test('when no pod of the registry takes pushes', () => {
    expect(said()).toBe('ReadOnly')
    expect(said({ pods: [] })).toBe('ReadOnly')
  })

  test('not while a pod is left that does, also when it is being ended', () => {
    expect(said({ pods: [pod('a', true), pod('old', false)] })).toBe(
      'Waiting: pods that take pushes have not ended yet: old',
    )
    expect(said({ pods: [pod('old', false, 'Succeeded')] })).toBe('ReadOnly')
  })

  test('whatever other pods do', () => {
    const other = { ...pod('other', false), metadata: { name: 'other' } }
    expect(said({ pods: [other] })).toBe('ReadOnly')
  })

  test('not before the registry is told, nor before that has happened', () => {
    expect(said({ deployment: deployment(false) })).toBe(
      'Waiting: the registry is not told yet to take no pushes',
    )
    for (const status of [
      { observedGeneration: 4 },
      { replicas: 3 },
      { updatedReplicas: 1 },
      { availableReplicas: 1 },
    ])
      expect(said({ deployment: deployment(true, status) })).toBe(
        'Waiting: the registry is not rolled out yet',
      )
  })

  test('not by a Job that is older than five minutes, or gone, or of an unknown age', () => {
    const late = { job: job('2026-01-01T02:57:00Z') }
    expect(said(late)).toBe('TooLate: the Job is older than 5 minutes: it was waited for too long')
    expect(said({ ...late, deployment: deployment(false) })).toBe(
      'TooLate: the Job is older than 5 minutes: the registry is not told yet to take no pushes',
    )
    expect(said({ job: job('') })).toContain('TooLate')
    const { job: _, ...gone } = {
      deployment: deployment(true),
      pods: [],
      job: job(NOW),
      now: NOW,
    }
    expect(readOnlyProgress(gone)).toEqual({ _tag: 'TooLate', why: 'the Job is gone' })
  })

  test('not where there is no registry', () => {
    expect(readOnlyProgress({ pods: [], job: job('2026-01-01T03:00:00Z'), now: NOW })).toEqual({
      _tag: 'Waiting',
      why: 'there is no registry',
    })
  })
})
