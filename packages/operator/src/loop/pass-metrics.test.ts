import { decode } from '@image-registry-operator/render'
import {
  keyOf,
  refOf,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { expect, it } from 'vitest'

import { TEST_RELEASE } from '../testing/recorded-io'
import { isReconfigured, prunerState, storageType } from './pass-metrics'

const config = (spec: JsonObject, storage?: JsonObject): KubeObject => ({
  apiVersion: 'imageregistry.operator.openshift.io/v1',
  kind: 'Config',
  metadata: { name: 'cluster' },
  spec,
  status: storage === undefined ? {} : { storage },
})

const observed = (storage: JsonObject) =>
  decode([config({ managementState: 'Managed', replicas: 1, storage })], TEST_RELEASE)

it('names the storage as the original does', () => {
  expect(storageType(observed({ emptyDir: {} }))).toBe('EmptyDir')
  expect(storageType(observed({ pvc: { claim: 'a' } }))).toBe('PVC')
  expect(storageType(decode([], TEST_RELEASE))).toBeUndefined()
})

it('knows whether images are cleaned up', () => {
  const job = (spec: JsonObject): KubeObject => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'image-pruner', namespace: 'openshift-image-registry' },
    spec,
  })
  const state = (...objects: ReadonlyArray<KubeObject>) =>
    prunerState({ live: new Map(objects.map((object) => [keyOf(refOf(object)), object])) })
  expect(state()).toBe('absent')
  expect(state(job({ suspend: true }))).toBe('suspended')
  expect(state(job({}))).toBe('scheduled')
})

it.each([
  [{ emptyDir: {} }, { pvc: { claim: 'a' } }, true],
  [{ pvc: { claim: 'a' } }, { pvc: { claim: 'b' } }, true],
  [{ s3: { bucket: 'a', region: 'x' } }, { s3: { bucket: 'a', region: 'y' } }, false],
  [{ pvc: { claim: 'a' } }, { pvc: { claim: 'a' }, managementState: 'Managed' }, false],
  [{}, { pvc: { claim: 'a' } }, false],
  [{ pvc: { claim: 'a' } }, { managementState: 'Managed' }, false],
  [{ pvc: { claim: 'a' } }, undefined, false],
])('from %j to %j images are kept elsewhere: %s', (before, after, expected) => {
  const observation = { ...decode([], TEST_RELEASE), subject: config({}, before) }
  const written = after === undefined ? [] : [E.right(config({}, after))]
  expect(isReconfigured({ observation, written })).toBe(expected)
})
