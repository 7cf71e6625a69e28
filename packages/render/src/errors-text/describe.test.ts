import { describe, expect, it } from 'vitest'

import { objectRef } from '../model'
import { decodeProblems } from './decode-problems'
import { describe as describeError } from './describe'
import { describeProblems } from './describe-problem'
import { retry } from './retry'
import { stableText } from './stable-text'

const secret = objectRef('v1', 'Secret', 'a', 'n')

describe('the text of an error', () => {
  it('says which object, what, and what to do', () => {
    expect(describeError({ _tag: 'Forbidden', ref: secret, message: 'no such role.' })).toBe(
      'Secret n/a: the operator may not write it (no such role); grant it the permissions that "image-registry-operator install" prints',
    )
  })

  it('tells all problems of a Config', () => {
    const problems = [
      { path: 'spec.replicas', message: 'must be a number', remedy: 'correct it' },
      { path: 'spec.proxy', message: 'is no object', remedy: '' },
    ]
    expect(describeProblems(problems)).toBe(
      'spec.replicas: must be a number; correct it | spec.proxy: is no object',
    )
    expect(describeProblems(Array(23).fill(problems[0]))).toMatch(/ \| and 3 more problems$/)
  })

  it('says of a storage what to make and to give, and where', () => {
    expect(
      describeError({
        _tag: 'StorageNotProvisioned',
        backend: 'azure',
        missing: ['accountName', 'container'],
      }),
    ).toBe(
      'spec.storage.azure does not say which accountName and container to use, and the cluster does not say it either; set spec.storage.azure.accountName and spec.storage.azure.container',
    )
    expect(
      describeError({
        _tag: 'CredentialsMissing',
        namespace: 'n',
        names: ['a', 'b'],
        keys: ['id', 'key'],
      }),
    ).toBe(
      'the credentials of the storage are missing: there is no id and key in Secret n/a or n/b; put them into n/a',
    )
  })

  it('says of a registry what it cannot do, and which can', () => {
    const build = { _tag: 'Distribution', version: [3, 1] } as const
    expect(describeError({ _tag: 'StorageNotInRegistry', backend: 'swift', build })).toBe(
      'the registry that this cluster runs (distribution-3.1) cannot keep images in spec.storage.swift; choose another storage, or run another registry: its image in IMAGE and its name in REGISTRY_BUILD of the operator',
    )
    const credentials = 'the identity of its pods'
    expect(
      describeError({ _tag: 'StorageNotInRegistry', backend: 'azure', build, credentials }),
    ).toBe(
      'the registry that this cluster runs (distribution-3.1) cannot open spec.storage.azure with the identity of its pods; give it other credentials in Secret openshift-image-registry/image-registry-private-configuration-user, or run another registry: its image in IMAGE and its name in REGISTRY_BUILD of the operator',
    )
    const written = { _tag: 'OpenShift' } as const
    expect(
      describeError({ _tag: 'StorageLayoutDiffers', place: 'azure/a/b', written, build }),
    ).toBe(
      'the images in azure/a/b were written by openshift, and distribution-3.1 would not find them; set REGISTRY_BUILD of the operator to openshift again, choose another container, or rename the blobs and set the annotation imageregistry.operator.openshift.io/storage-layout-of of Config cluster to azure/a/b=distribution-3.1',
    )
  })

  it('does not claim to know who has written images of which nothing is known', () => {
    const build = { _tag: 'Distribution', version: [3, 1] } as const
    const written = { _tag: 'OpenShift' } as const
    const place = 'azure/a/b'
    expect(
      describeError({ _tag: 'StorageLayoutDiffers', place, written, build, isAssumed: true }),
    ).toBe(
      'nobody has said which registry wrote the images in azure/a/b: it may be openshift, and distribution-3.1 would not find them then; if it was distribution-3.1, or there are none, set the annotation imageregistry.operator.openshift.io/storage-layout-of of Config cluster to azure/a/b=distribution-3.1; otherwise run openshift (REGISTRY_BUILD of the operator), choose another container, or rename the blobs before you set the annotation',
    )
  })

  it('says of credentials what is waited for, and what is wrong', () => {
    expect(describeError({ _tag: 'StorageAwaited', backend: 'ibmcos', keys: ['id', 'key'] })).toBe(
      'spec.storage.ibmcos needs id and key of its cloud, which has not given that yet; waiting for it',
    )
    const at = { namespace: 'n', name: 's', key: 'clouds.yaml', problem: 'is no YAML' }
    expect(describeError({ _tag: 'CredentialsUnreadable', ...at })).toBe(
      'clouds.yaml of Secret n/s is no YAML; correct it',
    )
  })

  it.each([
    [
      { _tag: 'ClaimNeedsSingleWriter', claim: 'c', because: { replicas: 2 } },
      'cannot use ReadWriteOnce access mode with more than one replica of the image registry',
    ],
    [
      { _tag: 'ClaimNeedsSingleWriter', claim: 'c', because: { strategy: 'RollingUpdate' } },
      'cannot use ReadWriteOnce access mode with RollingUpdate rollout strategy',
    ],
    [
      { _tag: 'ClaimUnusable', claim: 'c', accessModes: ['ReadOnlyMany'] },
      'PVC c does not contain the necessary access modes: ReadWriteMany or ReadWriteOnce',
    ],
    [
      { _tag: 'ClaimNotOurs', claim: 'c' },
      'could not create default PVC, it already exists and is not owned by the operator',
    ],
    [{ _tag: 'StorageNotConfigured' }, 'storage backend not configured'],
  ] as const)('has the words that scripts know: %j', (error, words) => {
    expect(describeError(error)).toContain(words)
  })
})

describe('the problems of a Config', () => {
  it('name the field where one is missing, so that a caller can say where it belongs', () => {
    expect(decodeProblems({ _tag: 'StorageNotConfigured' }).map(({ path }) => path)).toEqual([
      'spec.storage',
    ])
  })
})

describe('what a server said', () => {
  it('loses what changes by itself, what may be secret, and what is too long', () => {
    expect(stableText('at 2026-01-01T10:00:00Z,\n uid 6a0b2a4e-1111-2222-3333-444455556666.')).toBe(
      'at (time), uid (id)',
    )
    expect(stableText('the ResourceVersion in the precondition (12) is old')).toBe(
      'the ResourceVersion in the precondition ((version)) is old',
    )
    expect(stableText('data: Invalid value: "se\\"cret": must be JSON')).toBe('data: must be JSON')
    expect(stableText('x'.repeat(1000))).toHaveLength(400)
  })
})

describe('trying again', () => {
  it('is soon where it can help, later where we cannot see the cure, and else on a change', () => {
    expect(retry({ _tag: 'Conflict', ref: secret, message: '' })).toEqual({ _tag: 'Soon' })
    expect(retry({ _tag: 'Throttled', ref: secret, retryAfterMs: 7 })).toEqual({
      _tag: 'After',
      ms: 7,
    })
    expect(retry({ _tag: 'Forbidden', ref: secret, message: '' })).toEqual({
      _tag: 'After',
      ms: 60_000,
    })
    expect(retry({ _tag: 'Invalid', ref: secret, message: '' })).toEqual({ _tag: 'OnChange' })
  })
})
