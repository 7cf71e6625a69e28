import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import {
  type Action,
  type ClusterFacts,
  type Config,
  type KubeObject,
  refOf,
  type Withheld,
} from '../model'
import { collecting, readOnlyDeployment } from '../testing/read-only-deployment'
import { someFacts } from '../testing/some-facts'
import { aDeployment, aPass, deploymentRef } from '../testing/status-fixtures'
import type { StatusInput } from './situation'
import { status } from './status'

const HELD_BACK: ReadonlyArray<Withheld> = [
  { ref: deploymentRef, problem: { _tag: 'StoragePending', place: 's3/images' } },
]

const told = (
  config: Partial<Config>,
  facts: Partial<ClusterFacts> = {},
  deployment: KubeObject = readOnlyDeployment(),
  { outcome = [], withheld = HELD_BACK }: Partial<Pick<StatusInput, 'outcome' | 'withheld'>> = {},
) => {
  const pass = aPass({ config, live: [deployment], outcome, withheld })
  const known = someFacts({
    platform: 'Kubernetes',
    now: pass.now,
    pruning: collecting('succeeded'),
    ...facts,
  })
  const { conditions } = status({ ...pass, observation: { ...pass.observation, facts: known } })
  const found = conditions.find(({ type }) => type === 'LeftReadOnly')
  return found === undefined ? undefined : `${found.status} ${found.reason}: ${found.message}`
}

const UNMANAGED: Partial<Config> = { managementState: 'Unmanaged' }

describe('a registry that takes no pushes', () => {
  it('says what to do where nobody opens it any more', () => {
    expect(told(UNMANAGED)).toBe(
      'True Unmanaged: The registry takes no pushes: it was closed for deleting garbage, and nobody opens it while it is Unmanaged. Set spec.managementState to Managed, or open it yourself: kubectl set env deployment/image-registry -n openshift-image-registry REGISTRY_STORAGE_MAINTENANCE_READONLY-',
    )
  })

  it('is not to be opened while garbage is being deleted', () => {
    expect(told(UNMANAGED, { pruning: collecting('unfinished') })).toContain(
      'yourself, once Job image-pruner-collect-1 has ended: kubectl',
    )
    expect(told({}, { pruning: collecting('unfinished') })).toBeUndefined()
  })

  it('says so where it should be open, and cannot be written', () => {
    expect(told({})).toMatch(/^True NotOpened: /)
  })

  it('says nothing where its Deployment is written as usual, and only failed to be', () => {
    expect(told({}, {}, readOnlyDeployment(), { withheld: [] })).toBeUndefined()
  })

  it('says nothing any more in the pass that opens it', () => {
    const before = readOnlyDeployment()
    const action: Action = {
      _tag: 'PatchObject',
      ref: refOf(before),
      before,
      operations: [],
      changes: [],
      because: 'the window is over',
    }
    const failed = { _tag: 'Conflict' as const, ref: refOf(before), message: '' }
    expect(
      told({}, {}, before, { outcome: [{ action, result: E.right(aDeployment()) }] }),
    ).toBeUndefined()
    expect(
      told({}, {}, before, { outcome: [{ action, result: E.right(undefined) }] }),
    ).toBeUndefined()
    expect(told({}, {}, before, { outcome: [{ action, result: E.left(failed) }] })).toMatch(
      /^True NotOpened: /,
    )
  })

  it.each<readonly [string, Parameters<typeof told>]>([
    ['the Config asks for it', [{ ...UNMANAGED, readOnly: true }]],
    ['somebody else tells it so', [UNMANAGED, {}, readOnlyDeployment('somebody')]],
    ['it goes', [{ managementState: 'Removed' }]],
    ['it takes pushes', [UNMANAGED, {}, aDeployment()]],
  ])('says nothing where %s', (_name, given) => {
    expect(told(...given)).toBeUndefined()
  })

  it('says nothing on OpenShift, where nobody closes it', () => {
    const pass = aPass({ config: UNMANAGED, live: [readOnlyDeployment()] })
    expect(status(pass).conditions.map(({ type }) => type)).not.toContain('LeftReadOnly')
  })
})
