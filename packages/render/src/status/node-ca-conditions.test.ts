import { describe, expect, it } from 'vitest'

import {
  type ClusterFacts,
  type JsonObject,
  type KubeObject,
  names,
  objectRef,
  type ObjectRef,
} from '../model'
import { someFacts } from '../testing/some-facts'
import {
  aDeployment,
  aPass,
  aSubject,
  before,
  failed,
  SIX_MINUTES_AGO,
  TWO_MINUTES_AGO,
} from '../testing/status-fixtures'
import type { FailingSince } from './failing-since'
import { nodeCaConditions, nodeCaGeneration } from './node-ca-conditions'
import { type Situation, situation } from './situation'

const REF: ObjectRef = objectRef('apps/v1', 'DaemonSet', 'node-ca', names.REGISTRY_NAMESPACE)
const A_MINUTE_AGO = '2026-01-01T11:59:00Z'

const daemonSet = (generation: number, status: JsonObject): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'node-ca', namespace: names.REGISTRY_NAMESPACE, generation },
  status,
})

/** As the DaemonSet controller reports it: `updated` and `available` of `desired` pods. */
const numbers = (
  updated: number,
  available: number,
  desired: number,
  observedGeneration = 5,
): JsonObject => ({
  observedGeneration,
  currentNumberScheduled: desired,
  desiredNumberScheduled: desired,
  numberReady: available,
  numberAvailable: available,
  numberUnavailable: desired - available,
  updatedNumberScheduled: updated,
  numberMisscheduled: 0,
})

const refused = failed({ _tag: 'Forbidden', ref: REF, message: 'no' })

type Given = {
  readonly found?: KubeObject
  readonly subject?: KubeObject
  readonly facts?: Partial<ClusterFacts>
  readonly fails?: boolean
  readonly failingSince?: FailingSince
}

const given = ({ found, subject = aSubject(), facts, fails, failingSince }: Given): Situation => {
  const pass = aPass({
    live: found === undefined ? [aDeployment()] : [aDeployment(), found],
    outcome: fails === true ? [refused] : [],
  })
  const observation = { ...pass.observation, facts: someFacts(facts) }
  return situation(
    { ...pass, observation, ...(failingSince === undefined ? {} : { failingSince }) },
    subject,
  )
}

const shown = (is: Given): ReadonlyArray<string> =>
  nodeCaConditions(given(is)).conditions.map(
    ({ type, status, reason, message }) =>
      `${type.replace('NodeCADaemon', '')} ${status} ${reason}: ${message}`,
  )

const progress = (is: Given): string => shown(is)[1]?.split(' ')[1] ?? ''

/** The Config after a pass that said these things of the DaemonSet. */
const said = (lastGeneration: number, isProgressing: string, degraded = 'False'): KubeObject => {
  const subject = aSubject([
    before('NodeCADaemonProgressing', isProgressing, SIX_MINUTES_AGO),
    before('NodeCADaemonControllerDegraded', degraded, SIX_MINUTES_AGO, 'Error'),
  ])
  const status = subject['status'] as JsonObject
  const entry = { group: 'apps', resource: 'daemonsets', name: 'node-ca', lastGeneration }
  return { ...subject, status: { ...status, generations: [entry] } }
}

describe('the conditions of node-ca', () => {
  it('say that all is well', () => {
    expect(shown({ found: daemonSet(5, numbers(3, 3, 3)) })).toEqual([
      'Available True AsExpected: The daemon set node-ca has available replicas',
      'Progressing False AsExpected: The daemon set node-ca is deployed',
      'ControllerDegraded False AsExpected: ',
    ])
  })

  it('say that there is no DaemonSet', () => {
    expect(shown({})).toEqual([
      'Available False NotFound: The daemon set node-ca does not exist',
      'Progressing True NotFound: The daemon set node-ca does not exist',
      'ControllerDegraded False AsExpected: ',
    ])
  })

  it('say that no pod is available, also of a DaemonSet that nobody has looked at', () => {
    const text =
      'Available False NoAvailableReplicas: The daemon set node-ca does not have available replicas'
    expect(shown({ found: daemonSet(5, numbers(3, 0, 3)) })[0]).toBe(text)
    expect(shown({ found: daemonSet(1, {}) })[0]).toBe(text)
  })

  it('are not there on plain Kubernetes, unless somebody has a DaemonSet of that name', () => {
    const facts = { platform: 'Kubernetes' } as const
    expect(shown({ facts })).toEqual([])
    expect(shown({ facts, found: daemonSet(5, numbers(3, 3, 3)) })).toHaveLength(3)
  })
})

describe('the progress of node-ca', () => {
  it('is there from the new generation until every pod has been replaced, and not afterwards', () => {
    const trace: ReadonlyArray<readonly [KubeObject, string]> = [
      [daemonSet(5, numbers(3, 3, 3, 4)), 'True'],
      [daemonSet(5, numbers(0, 3, 3)), 'True'],
      [daemonSet(5, numbers(1, 2, 3)), 'True'],
      [daemonSet(5, numbers(2, 3, 3)), 'True'],
      [daemonSet(5, numbers(3, 2, 3)), 'False'],
      // A node starts anew.
      [daemonSet(5, numbers(2, 2, 3)), 'False'],
      // Another one joins.
      [daemonSet(5, numbers(3, 3, 4)), 'False'],
      [daemonSet(5, numbers(4, 4, 4)), 'False'],
      // The next release.
      [daemonSet(6, numbers(4, 4, 4, 5)), 'True'],
    ]
    const seen = trace.reduce<{ subject: KubeObject; told: ReadonlyArray<string> }>(
      ({ subject, told }, [found]) => {
        const is = progress({ found, subject })
        return { subject: said(found.metadata.generation ?? 0, is), told: [...told, is] }
      },
      { subject: said(4, 'False'), told: [] },
    )
    expect(seen.told).toEqual(trace.map(([, expected]) => expected))
  })

  it('says so in the words of the original', () => {
    expect(shown({ found: daemonSet(5, numbers(1, 3, 3)), subject: said(5, 'True') })[1]).toBe(
      'Progressing True Progressing: The daemon set node-ca is updating node pods',
    )
  })

  it('goes by the numbers where the Config tells nothing about this generation', () => {
    expect(progress({ found: daemonSet(5, numbers(2, 3, 3)), subject: said(4, 'False') })).toBe(
      'True',
    )
    expect(progress({ found: daemonSet(5, numbers(2, 3, 3)) })).toBe('True')
  })

  it('is not about pods on nodes where they should not be', () => {
    const found = daemonSet(5, { ...numbers(3, 3, 3), numberMisscheduled: 2 })
    expect(progress({ found, subject: said(4, 'False') })).toBe('False')
  })
})

describe('the trouble of node-ca', () => {
  const found = daemonSet(5, numbers(3, 3, 3))
  const trouble = (is: Given) => shown({ found, fails: true, ...is })[2]
  const waitMs = (is: Given) => nodeCaConditions(given({ found, fails: true, ...is })).waitMs

  it('D11: is not told before it has lasted for two minutes, which are waited for', () => {
    expect(trouble({})).toBe('ControllerDegraded False AsExpected: ')
    expect(waitMs({})).toBe(121_000)
    expect(trouble({ failingSince: { 'node-ca': A_MINUTE_AGO } })).toMatch(/ False AsExpected/)
    expect(waitMs({ failingSince: { 'node-ca': A_MINUTE_AGO } })).toBe(61_000)
  })

  it('D11: is told from then on, and leaves the other conditions alone', () => {
    const is = { found, fails: true, failingSince: { 'node-ca': TWO_MINUTES_AGO } }
    expect(shown(is)).toEqual([
      'Available True AsExpected: The daemon set node-ca has available replicas',
      'Progressing False AsExpected: The daemon set node-ca is deployed',
      expect.stringMatching(/^ControllerDegraded True Error: .*DaemonSet .*node-ca.*no/),
    ])
    expect(waitMs({ failingSince: { 'node-ca': TWO_MINUTES_AGO } })).toBeUndefined()
  })

  it('stays told while the operator, started anew, does not know since when', () => {
    expect(trouble({ subject: said(5, 'False', 'True') })).toMatch(/ True Error/)
  })

  it('D11: is over with the first success', () => {
    const is = { failingSince: { 'node-ca': SIX_MINUTES_AGO }, subject: said(5, 'False', 'True') }
    expect(trouble({ ...is, fails: false })).toBe('ControllerDegraded False AsExpected: ')
  })

  it('is not the trouble of another part', () => {
    expect(trouble({ fails: false, failingSince: { registry: SIX_MINUTES_AGO } })).toMatch(
      / False /,
    )
  })
})

describe('the generation of node-ca', () => {
  it('is that of the DaemonSet, if there is one', () => {
    expect(nodeCaGeneration(given({}))).toBeUndefined()
    expect(nodeCaGeneration(given({ found: daemonSet(5, {}) }))).toEqual({
      group: 'apps',
      resource: 'daemonsets',
      namespace: 'openshift-image-registry',
      name: 'node-ca',
      lastGeneration: 5,
      hash: '',
    })
  })
})
