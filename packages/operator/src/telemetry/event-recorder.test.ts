import type { ClusterEvent } from '@image-registry-operator/render'
import type { ApplyError, KubeObject } from '@image-registry-operator/render/model'
import * as TE from 'fp-ts/TaskEither'
import { describe, expect, it } from 'vitest'

import { fakeClock } from '../testing/fake-clock'
import { eventRecorder, type EventRecorderDeps } from './event-recorder'

const recorded = (changes: Partial<EventRecorderDeps> = {}) => {
  const written: KubeObject[] = []
  const logged: string[] = []
  let failures = 0
  const record = eventRecorder({
    client: {
      createObject: (object) =>
        TE.fromIO<KubeObject, ApplyError>(() => {
          written.push(object)
          return object
        }),
    },
    mayWrite: () => true,
    clock: fakeClock(),
    randomBytes: (count) => () => new Uint8Array(count).fill(0xab),
    podName: 'pod',
    log: (event) => () => void logged.push(event._tag),
    metrics: { eventFailed: () => (failures += 1) },
    ...changes,
  })
  return {
    written,
    logged,
    failures: () => failures,
    tell: async (...told: ReadonlyArray<ClusterEvent>): Promise<void> => {
      record(told)()
      await new Promise((resolve) => setTimeout(resolve, 1))
    },
  }
}

const event = (changes: Partial<ClusterEvent> = {}): ClusterEvent => ({
  type: 'Normal',
  reason: 'DeploymentCreated',
  message: 'Created it',
  from: 'operator',
  ...changes,
})

describe('an event recorder', () => {
  it('writes what the API server and the readers of Events expect', async () => {
    const { written, tell } = recorded()
    await tell(event())
    expect(written).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: {
          name: 'cluster-image-registry-operator.0.abababab',
          namespace: 'openshift-image-registry',
        },
        involvedObject: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'cluster-image-registry-operator',
          namespace: 'openshift-image-registry',
        },
        type: 'Normal',
        reason: 'DeploymentCreated',
        message: 'Created it',
        count: 1,
        firstTimestamp: '1970-01-01T00:00:00Z',
        lastTimestamp: '1970-01-01T00:00:00Z',
        source: { component: 'image-registry-operator' },
        reportingComponent: 'image-registry-operator',
        reportingInstance: 'pod',
      },
    ])
  })

  it('is about the namespace where there is no pod, and names the half that tells', async () => {
    const { written, tell } = recorded({ podName: '' })
    const related = { apiVersion: 'a/v1', kind: 'Config', name: 'cluster' }
    await tell(event({ from: 'config-observer', related, message: 'x'.repeat(2_000) }))
    expect(written).toMatchObject([
      {
        involvedObject: { kind: 'Namespace', name: 'openshift-image-registry' },
        source: { component: 'image-registry-operator-config-observer' },
        related,
      },
    ])
    expect(String(written[0]?.['message'])).toHaveLength(1_000)
  })

  it('tells what lasts once, until it ends and begins anew', async () => {
    const { written, tell } = recorded()
    const failure = (text: string) =>
      event({
        reason: 'DeploymentCreateFailed',
        message: `Failed to create it: ${text}`,
        lasting: true,
      })
    await tell(failure('version 1'))
    await tell(failure('version 2'))
    expect(written).toHaveLength(1)
    await tell()
    await tell(failure('version 3'))
    expect(written).toHaveLength(2)
    await tell(event())
    await tell(event())
    expect(written).toHaveLength(4)
  })

  it('counts what cannot be written, and goes on', async () => {
    const ref = { apiVersion: 'v1', kind: 'Event', name: 'a' }
    const { logged, failures, tell } = recorded({
      client: { createObject: () => TE.left({ _tag: 'Forbidden', ref, message: 'no' }) },
    })
    await tell(event(), event())
    expect(failures()).toBe(2)
    expect(logged).toEqual(['EventFailed', 'EventFailed'])
  })

  it('writes nothing once it no longer leads', async () => {
    const { written, tell } = recorded({ mayWrite: () => false })
    await tell(event())
    expect(written).toEqual([])
  })
})
