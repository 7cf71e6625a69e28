import * as E from 'fp-ts/Either'
import { expect, it } from 'vitest'

import { type ClusterFacts, type Config, names, type Observation, PRUNER_DEFAULTS } from '../model'
import { aConfig } from '../testing/a-config'
import { liveObjects } from '../testing/live-objects'
import { someFacts } from '../testing/some-facts'
import { aSubject } from '../testing/status-fixtures'
import { treeOf } from '../testing/server-side-apply'
import { describeAction } from './describe-action'
import { plan } from './plan'

const REF = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  namespace: names.REGISTRY_NAMESPACE,
  name: names.PRUNER_NAME,
}

type Given = {
  readonly config?: Partial<Config>
  readonly pruner?: Observation['pruner']
  readonly facts?: Partial<ClusterFacts>
  readonly suspend?: boolean
  readonly isOurs?: boolean
  readonly isSaid?: boolean
}

const NO_PRUNER: Observation['pruner'] = E.left({ _tag: 'NoPruner' })
const pruner = (suspend: boolean): Observation['pruner'] => E.right({ ...PRUNER_DEFAULTS, suspend })

const planned = ({
  config = {},
  pruner: wish = NO_PRUNER,
  facts = {},
  suspend = false,
  isOurs = true,
  isSaid = false,
}: Given) =>
  plan(
    {
      objects: [],
      withheld: isSaid ? [] : [{ ref: REF, problem: { _tag: 'ClaimMissing', claim: 'images' } }],
    },
    {
      subject: aSubject([]),
      config: E.right(aConfig(config)),
      pruner: wish,
      facts: someFacts({ platform: 'Kubernetes', ...facts }),
      live: liveObjects({
        apiVersion: REF.apiVersion,
        kind: REF.kind,
        metadata: {
          name: REF.name,
          namespace: REF.namespace,
          managedFields: [
            {
              manager: isOurs ? names.FIELD_MANAGER : 'somebody',
              operation: 'Apply',
              fieldsV1: treeOf({ spec: { suspend } }),
            },
          ],
        },
        spec: { suspend },
      }),
      unreadable: [],
    },
  )

it.each<readonly [string, Given]>([
  ['the ImagePruner is gone', {}],
  ['they are to be suspended', { pruner: pruner(true) }],
  ['the registry is removed', { pruner: pruner(false), config: { managementState: 'Removed' } }],
])('clean-ups that cannot be said are suspended when %s', (_, given) => {
  const [action, ...others] = planned(given)
  expect(others).toEqual([])
  expect(action).toMatchObject({
    _tag: 'PatchObject',
    operations: [
      { op: 'test', path: '/spec/suspend', value: false },
      { op: 'replace', path: '/spec/suspend', value: true },
    ],
  })
  expect(action === undefined ? '' : describeAction(action)).toBe(
    `update CronJob ${REF.namespace}/${REF.name}: nobody wants clean-ups any more`,
  )
})

it.each<readonly [string, Given]>([
  ['somebody wants them', { pruner: pruner(false) }],
  [
    'the ImagePruner cannot be used',
    {
      pruner: E.left({
        _tag: 'InvalidPruner',
        problems: [{ path: 'spec.schedule', message: 'is bad', remedy: 'mend it' }],
      }),
    },
  ],
  ['they are suspended already', { suspend: true }],
  ['somebody else has made them', { isOurs: false }],
  ['they can be said as a whole', { isSaid: true }],
  ['it is OpenShift', { facts: { platform: 'OpenShift' } }],
])('clean-ups stay as they are when %s', (_, given) => {
  expect(planned(given).filter(({ _tag }) => _tag === 'PatchObject')).toEqual([])
})
