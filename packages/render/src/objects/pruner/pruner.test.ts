import * as E from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'

import {
  type ClusterFacts,
  type Config,
  isJsonObject,
  type KubeObject,
  names,
  type Pruner,
  PRUNER_DEFAULTS,
  type Wishes,
} from '../../model'
import { valueAt } from '../../fields/value-at'
import { fieldStep, indexStep } from '../../fields/field-path'
import { aConfig } from '../../testing/a-config'
import { someFacts } from '../../testing/some-facts'
import { pruner } from './pruner'

const wishes = (asked: Partial<Pruner> = {}, config: Partial<Config> = {}): Wishes => ({
  config: E.right(aConfig(config)),
  pruner: E.right({ ...PRUNER_DEFAULTS, ...asked }),
})

const NO_PRUNER: Wishes = { ...wishes(), pruner: E.left({ _tag: 'NoPruner' }) }

const BROKEN: Wishes = {
  ...wishes(),
  pruner: E.left({
    _tag: 'InvalidPruner',
    problems: [{ path: 'spec.schedule', message: 'is bad', remedy: 'mend it' }],
  }),
}

const objects = (wanted: Wishes, facts: ClusterFacts = someFacts()): ReadonlyArray<KubeObject> =>
  pruner(wanted, facts).flatMap((one) => (E.isRight(one) ? [one.right.object] : []))

const withheld = (wanted: Wishes, facts: ClusterFacts = someFacts()) =>
  pruner(wanted, facts).flatMap((one) => (E.isLeft(one) ? [one.left] : []))

const find = (kind: string, wanted: Wishes, facts?: ClusterFacts): KubeObject | undefined =>
  objects(wanted, facts).find((object) => object.kind === kind)

const at = (object: KubeObject | undefined, path: string): unknown =>
  object === undefined
    ? undefined
    : valueAt(
        object,
        path
          .split('.')
          .map((step) => (/^\d+$/.test(step) ? indexStep(Number(step)) : fieldStep(step))),
      )

const POD = 'spec.jobTemplate.spec.template.spec'

/** The arguments after the script and its name. */
const commandOf = (wanted: Wishes, facts?: ClusterFacts): ReadonlyArray<unknown> => {
  const args = at(find('CronJob', wanted, facts), `${POD}.containers.0.args`)
  return Array.isArray(args) ? args.slice(3) : []
}

describe('the clean-up of images', () => {
  test('is made of these objects, whatever becomes of the registry', () => {
    const identities = (wanted: Wishes) =>
      objects(wanted).map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    const all = [
      'ClusterRole system:image-pruner',
      'ClusterRoleBinding openshift-image-registry-pruner',
      'ServiceAccount pruner',
      'NetworkPolicy image-pruner-networkpolicy',
      'CronJob image-pruner',
    ]
    expect(identities(wishes())).toEqual(all)
    expect(identities(wishes({}, { managementState: 'Removed' }))).toEqual(all)
    expect(identities({ ...wishes(), config: E.left({ _tag: 'NoConfig' }) })).toEqual(all)
  })

  test('D19: may look at what is in use and delete images', () => {
    const role = find('ClusterRole', wishes())
    expect(at(role, 'rules.6')).toEqual({
      apiGroups: ['image.openshift.io'],
      resources: ['images'],
      verbs: ['delete'],
    })
    expect(at(role, 'rules.7')).toEqual({
      apiGroups: ['image.openshift.io'],
      resources: ['images', 'imagestreams'],
      verbs: ['get', 'list', 'watch'],
    })
  })

  test('talks to the API server, to the name service and to the registry', () => {
    const policy = find('NetworkPolicy', wishes())
    expect(policy?.metadata.annotations).toBeUndefined()
    expect(at(policy, 'spec.policyTypes')).toEqual(['Egress'])
    expect(at(policy, 'spec.egress.0')).toEqual({})
    expect([1, 2, 3].map((rule) => at(policy, `spec.egress.${rule}.ports`))).toEqual([
      [{ port: 6443, protocol: 'TCP' }],
      [
        { port: 5353, protocol: 'TCP' },
        { port: 5353, protocol: 'UDP' },
      ],
      [{ port: 5000, protocol: 'TCP' }],
    ])
  })

  test('runs at midnight unless it is told otherwise, and once at a time', () => {
    const cronJob = find('CronJob', wishes())
    expect(at(cronJob, 'spec')).toMatchObject({
      suspend: false,
      schedule: '0 0 * * *',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3600,
      failedJobsHistoryLimit: 3,
      successfulJobsHistoryLimit: 3,
    })
    expect(at(cronJob, 'spec.jobTemplate.metadata.labels')).toEqual({
      'created-by': 'image-pruner',
    })
    expect(at(cronJob, 'spec.jobTemplate.spec.backoffLimit')).toBe(0)
    expect(at(cronJob, `${POD}.containers.0.resources`)).toEqual({
      requests: { cpu: '100m', memory: '256Mi' },
    })
    const placement = at(cronJob, POD)
    expect(isJsonObject(placement) && Object.keys(placement)).toEqual([
      'affinity',
      'containers',
      'priorityClassName',
      'restartPolicy',
      'serviceAccountName',
      'volumes',
    ])
  })

  test('follows the ImagePruner', () => {
    const asked = {
      suspend: true,
      schedule: '@weekly',
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 0,
      resources: { limits: { memory: '1Gi' } },
      affinity: { nodeAffinity: {} },
      nodeSelector: { a: 'b' },
      tolerations: [{ operator: 'Exists' }],
    }
    const cronJob = find('CronJob', wishes(asked))
    const { resources, affinity, nodeSelector, tolerations, ...ofCronJob } = asked
    expect(at(cronJob, 'spec')).toMatchObject(ofCronJob)
    expect(at(cronJob, POD)).toMatchObject({ affinity, nodeSelector, tolerations })
    expect(at(cronJob, `${POD}.containers.0.resources`)).toEqual(resources)
  })
})

describe('the command of the clean-up', () => {
  test('D13: is by default', () => {
    expect(commandOf(NO_PRUNER)).toEqual([
      'oc',
      'adm',
      'prune',
      'images',
      '--confirm=true',
      '--certificate-authority=/var/run/configmaps/serviceca/service-ca.crt',
      '--keep-tag-revisions=3',
      '--keep-younger-than=60m',
      '--ignore-invalid-refs=true',
      '--loglevel=1',
      '--prune-registry=true',
      '--registry-url=https://image-registry.openshift-image-registry.svc:5000',
    ])
  })

  test.each<readonly [Partial<Pruner>, string]>([
    [{ keepYoungerThanNs: 10_000_000_000n }, '--keep-younger-than=10s'],
    [{ keepYoungerThanNs: 3_600_000_000_000n }, '--keep-younger-than=1h0m0s'],
    [{ keepYoungerThanNs: 0n }, '--keep-younger-than=0s'],
    [{ keepTagRevisions: 0 }, '--keep-tag-revisions=0'],
    [{ ignoreInvalidImageReferences: false }, '--ignore-invalid-refs=false'],
    [{ logLevel: 'Debug' }, '--loglevel=4'],
    [{ logLevel: 'Trace' }, '--loglevel=6'],
    [{ logLevel: 'TraceAll' }, '--loglevel=8'],
  ])('D13: says what the ImagePruner says: %s', (asked, argument) => {
    expect(commandOf(wishes(asked))).toContain(argument)
  })

  test('leaves the registry out where there is none', () => {
    const tail = (managementState: Config['managementState'], servicePort?: number) =>
      commandOf(
        wishes({}, { managementState }),
        someFacts(servicePort === undefined ? {} : { servicePort }),
      ).slice(10)
    const none = ['--prune-registry=false']
    expect(tail('Removed', 5000)).toEqual(none)
    expect(tail('Unmanaged')).toEqual(none)
    expect(tail('Unmanaged', 443)).toEqual([
      '--prune-registry=true',
      '--registry-url=https://image-registry.openshift-image-registry.svc',
    ])
  })
})

describe('a CronJob is left as it is', () => {
  test('while the ImagePruner cannot be used', () => {
    expect(objects(BROKEN).map(({ kind }) => kind)).not.toContain('CronJob')
    expect(withheld(BROKEN)).toEqual([
      {
        ref: {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          namespace: names.REGISTRY_NAMESPACE,
          name: 'image-pruner',
        },
        problem: {
          _tag: 'PrunerUnusable',
          problems: [{ path: 'spec.schedule', message: 'is bad', remedy: 'mend it' }],
        },
      },
    ])
  })
})
