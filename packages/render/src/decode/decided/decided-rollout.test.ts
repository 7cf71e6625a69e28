import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import {
  type ClusterFacts,
  type Config,
  type JsonObject,
  type KubeObject,
  names,
} from '../../model'
import { treeOf } from '../../testing/server-side-apply'
import { someFacts } from '../../testing/some-facts'
import { decodeConfig } from '../config/decode-config'

const USER = 'kubectl-edit'
const PVC = { storage: { pvc: {} } }
const NAMED = { storage: { pvc: { claim: 'mine' } } }
const RECREATE = { rolloutStrategy: 'Recreate' }
const ROLLING = { rolloutStrategy: 'RollingUpdate' }

/** A Config of whose fields people have set all but those that a manager of ours holds. */
const subject = (
  spec: JsonObject,
  held: { readonly [manager: string]: JsonObject } = {},
  annotations: { readonly [name: string]: string } = {},
): KubeObject => ({
  apiVersion: names.CONFIG_API_VERSION,
  kind: 'Config',
  metadata: {
    name: 'cluster',
    annotations,
    managedFields: Object.entries(held).map(([manager, fields]) => ({
      manager,
      operation: 'Apply',
      fieldsV1: treeOf({ spec: fields }),
    })),
  },
  spec: { managementState: 'Managed', replicas: 1, ...spec },
})

const plain = (
  claims: ClusterFacts['claims'] = [],
  platform: ClusterFacts['platform'] = 'Kubernetes',
): ClusterFacts => someFacts({ platform, claims })

const claim = (name: string, ...accessModes: ReadonlyArray<string>) => ({
  name,
  ours: name === names.DEFAULT_CLAIM_NAME,
  accessModes,
})

const configOf = (resource: KubeObject, facts: ClusterFacts = plain()): Config => {
  const config = decodeConfig(resource, facts)
  if (E.isLeft(config)) throw new Error(JSON.stringify(config.left))
  return config.right
}

/** How pods are replaced, and what we say of that in the Config. */
const rolloutOf = (...given: Parameters<typeof configOf>) => {
  const { rolloutStrategy, decisions } = configOf(...given)
  return [rolloutStrategy, decisions.spec['rolloutStrategy']]
}

const DECIDED = ['Recreate', 'Recreate']
const LEFT = ['RollingUpdate', undefined]

describe('on plain Kubernetes, how one pod on a claim is replaced', () => {
  it('is decided with the claim that we make, and stays so', () => {
    expect(rolloutOf(subject(PVC))).toEqual(DECIDED)
    expect(rolloutOf(subject({ ...PVC, replicas: 0 }))).toEqual(DECIDED)
    const made = plain([claim(names.DEFAULT_CLAIM_NAME, 'ReadWriteOnce')])
    const ours = { [names.FIELD_MANAGER]: RECREATE }
    expect(rolloutOf(subject({ ...PVC, ...RECREATE }, ours), made)).toEqual(DECIDED)
  })

  it('is decided with a claim for one node that people have made', () => {
    expect(rolloutOf(subject(NAMED), plain([claim('mine', 'ReadWriteOnce')]))).toEqual(DECIDED)
    const both = plain([claim('mine', 'ReadWriteOnce', 'ReadWriteMany')])
    expect(rolloutOf(subject(NAMED), both)).toEqual(LEFT)
    expect(rolloutOf(subject(NAMED), plain([claim('mine', 'ReadOnlyMany')]))).toEqual(LEFT)
    expect(rolloutOf(subject(NAMED))).toEqual(LEFT)
  })

  it('is left alone where a claim for many nodes is asked for, or is there', () => {
    const many = { [names.CLAIM_MODE_ANNOTATION]: 'ReadWriteMany' }
    expect(rolloutOf(subject(PVC, {}, many))).toEqual(LEFT)
    const made = plain([claim(names.DEFAULT_CLAIM_NAME, 'ReadWriteMany')])
    expect(rolloutOf(subject(PVC), made)).toEqual(LEFT)
  })

  it('is what people have said', () => {
    const byUser = subject({ ...PVC, ...ROLLING }, { [USER]: ROLLING })
    expect(rolloutOf(byUser)).toEqual(LEFT)
    const { managedFields: _, ...unmanaged } = byUser.metadata
    expect(rolloutOf({ ...byUser, metadata: { ...unmanaged, name: 'cluster' } })).toEqual(LEFT)
  })

  it.each([
    ['several pods are wanted', { ...PVC, replicas: 2 }],
    ['another storage is wanted', { storage: { emptyDir: {} } }],
  ])('is taken back where %s', (_, spec) => {
    const ours = { [names.FIELD_MANAGER]: RECREATE }
    expect(rolloutOf(subject({ ...spec, ...RECREATE }, ours))).toEqual(LEFT)
  })

  it('is decided anew where a first Config was made for another storage, and stays where it was not', () => {
    const first = { [names.BOOTSTRAP_FIELD_MANAGER]: ROLLING }
    expect(rolloutOf(subject({ ...PVC, ...ROLLING }, first))).toEqual(DECIDED)
    const recreate = { [names.BOOTSTRAP_FIELD_MANAGER]: RECREATE }
    const emptied = subject({ storage: { emptyDir: {} }, ...RECREATE }, recreate)
    expect(rolloutOf(emptied)).toEqual(['Recreate', undefined])
  })

  it('stays as it stands while nothing is to be done', () => {
    const ours = { [names.FIELD_MANAGER]: RECREATE }
    const unmanaged = { managementState: 'Unmanaged', ...PVC }
    expect(rolloutOf(subject({ ...unmanaged, ...RECREATE }, ours))).toEqual(DECIDED)
    expect(rolloutOf(subject(unmanaged))).toEqual(LEFT)
  })
})

it('OpenShift decides nothing of it', () => {
  expect(rolloutOf(subject(PVC), plain([], 'OpenShift'))).toEqual(LEFT)
})
