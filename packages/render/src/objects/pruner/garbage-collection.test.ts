import * as E from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'

import {
  type ClusterFacts,
  type CollectingJob,
  type Config,
  type KubeObject,
  namedRegistryBuild,
  type Pruner,
  PRUNER_DEFAULTS,
  type PruningFacts,
  type Wishes,
} from '../../model'
import { aConfig } from '../../testing/a-config'
import { someFacts } from '../../testing/some-facts'
import { pruner } from './pruner'

const NOW = '2026-01-01T04:00:00Z'

const facts = (pruning: Partial<PruningFacts> = {}, changes: Partial<ClusterFacts> = {}) =>
  someFacts({
    platform: 'Kubernetes',
    now: NOW,
    fsGroup: E.right(1000),
    claims: [{ name: 'images', accessModes: ['ReadWriteMany'], ours: false }],
    pruning: { hasCronJob: false, collecting: [], ...pruning },
    ...changes,
  })

const wishes = (asked: Partial<Pruner> = {}, config: Partial<Config> = {}): Wishes => ({
  config: E.right(
    aConfig({ storage: { _tag: 'Pvc', claim: 'images', origin: 'named' }, ...config }),
  ),
  pruner: E.right({ ...PRUNER_DEFAULTS, ...asked }),
})

const objects = (wanted: Wishes, known: ClusterFacts): ReadonlyArray<KubeObject> =>
  pruner(wanted, known).flatMap((one) => (E.isRight(one) ? [one.right.object] : []))

const named = (wanted: Wishes, known: ClusterFacts): ReadonlyArray<string> =>
  objects(wanted, known).map(({ kind, metadata }) => `${kind} ${metadata.name}`)

const problems = (wanted: Wishes, known: ClusterFacts) =>
  pruner(wanted, known).flatMap((one) =>
    E.isLeft(one) ? [[one.left.ref.name, one.left.problem]] : [],
  )

const dryRun = (blobs: number, changes: Partial<PruningFacts['dryRun']> = {}) => ({
  name: 'image-pruner-1',
  uid: 'aaaaaaaa-1',
  endedAt: '2026-01-01T03:30:00Z',
  countedUntagged: false,
  found: { blobs, manifests: 0 },
  ...changes,
})

const job = (name: string, state: CollectingJob['state']): CollectingJob => ({
  name: `image-pruner-collect-${name}`,
  uid: name,
  state,
  madeAt: '2026-01-01T03:31:00Z',
  endedAt: '',
  deadlineSeconds: 3600,
  message: '',
})

const CRON_JOB = 'CronJob image-pruner'
const MADE = 'Job image-pruner-collect-aaaaaaaa'

describe('garbage is deleted', () => {
  test('when a dry run has just found some', () => {
    expect(named(wishes(), facts({ dryRun: dryRun(1) }))).toEqual([CRON_JOB, MADE])
  })

  test.each<readonly [string, Partial<PruningFacts>]>([
    ['has found nothing', { dryRun: dryRun(0) }],
    ['found it yesterday', { dryRun: dryRun(1, { endedAt: '2025-12-31T03:30:00Z' }) }],
    ['is not read yet', { dryRun: { name: 'a', uid: 'b', endedAt: '', countedUntagged: false } }],
    ['has no uid', { dryRun: dryRun(1, { uid: '' }) }],
  ])('not when the dry run %s', (_name, pruning) => {
    expect(named(wishes(), facts(pruning))).toEqual([CRON_JOB])
  })

  test('not while it is suspended, while the registry is somebody else’s, or when it is to go', () => {
    const found = facts({ dryRun: dryRun(1) })
    expect(named(wishes({ suspend: true }), found)).toEqual([CRON_JOB])
    expect(named(wishes({}, { managementState: 'Unmanaged' }), found)).toEqual([CRON_JOB])
    expect(named(wishes({}, { managementState: 'Removed' }), found)).toEqual([CRON_JOB])
    expect(objects(wishes({}, { managementState: 'Removed' }), found)).toMatchObject([
      { spec: { suspend: true } },
    ])
  })

  test('by one Job after the other', () => {
    const busy = facts({ dryRun: dryRun(1), collecting: [job('bbbbbbbb', 'unfinished')] })
    expect(named(wishes(), busy)).toEqual([CRON_JOB, 'Job image-pruner-collect-bbbbbbbb'])
  })

  test('by the rule that it was counted by', () => {
    const counted = facts({ dryRun: dryRun(1, { countedUntagged: true }) })
    const [, made] = objects(wishes(), counted)
    expect(JSON.stringify(made)).toContain('"garbage-collect","--delete-untagged"')
  })

  test('not where nobody knows what it is waited with', () => {
    const { release } = facts()
    const nameless = { release: { ...release, operatorImage: '' } }
    expect(problems(wishes(), facts({ dryRun: dryRun(1) }, nameless))).toMatchObject([
      ['image-pruner-collect-aaaaaaaa', { because: 'operator-image' }],
    ])
  })
})

describe('of the Jobs', () => {
  const many = [
    job('f', 'unfinished'),
    job('e', 'succeeded'),
    job('d', 'failed'),
    job('c', 'succeeded'),
    job('b', 'failed'),
    job('aaaaaaaa', 'succeeded'),
  ]

  test('those stay that run, as many as are asked for, and that of the last dry run', () => {
    const known = facts({ dryRun: dryRun(1), collecting: many })
    const limits = { successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 0 }
    expect(named(wishes(limits), known).slice(1)).toEqual([
      'Job image-pruner-collect-f',
      'Job image-pruner-collect-e',
      'Job image-pruner-collect-aaaaaaaa',
    ])
  })

  test('all stay while it cannot be said what they would be', () => {
    const lost = facts({ collecting: many }, { claims: [] })
    expect(problems(wishes(), lost).map(([name]) => name)).toEqual([
      'image-pruner',
      ...many.map(({ name }) => name),
    ])
  })
})

describe('the dry runs', () => {
  test('are not asked for without an ImagePruner, and suspended when it goes', () => {
    const none: Wishes = { ...wishes(), pruner: E.left({ _tag: 'NoPruner' }) }
    expect(pruner(none, facts())).toEqual([])
    expect(objects(none, facts({ hasCronJob: true }))).toMatchObject([{ spec: { suspend: true } }])
  })

  test('stay as they are while the ImagePruner or the Config cannot be used', () => {
    const problem = { path: 'spec.schedule', message: 'is bad', remedy: 'mend it' }
    const broken: Wishes = {
      ...wishes(),
      pruner: E.left({ _tag: 'InvalidPruner', problems: [problem] }),
    }
    expect(problems(broken, facts())).toMatchObject([['image-pruner', { _tag: 'PrunerUnusable' }]])
    expect(pruner({ ...wishes(), config: E.left({ _tag: 'NoConfig' }) }, facts())).toEqual([])
  })

  test('keep at least one Job to read from', () => {
    expect(objects(wishes({ successfulJobsHistoryLimit: 0 }), facts())).toMatchObject([
      { spec: { successfulJobsHistoryLimit: 1 } },
    ])
  })

  test.each([
    [60, 3600],
    [7200, 7200],
  ])('end, where deleting may take %i s, after %i s at the latest', (windowSeconds, seconds) => {
    const collection = { deleteUntagged: false, windowSeconds }
    expect(objects(wishes({ collection }), facts())).toMatchObject([
      { spec: { jobTemplate: { spec: { activeDeadlineSeconds: seconds, backoffLimit: 0 } } } },
    ])
  })

  test.each([
    ['distribution-2.8', '/etc/docker/registry/config.yml'],
    ['distribution-3.0', '/etc/distribution/config.yml'],
  ])('of %s read %s', (name, file) => {
    const registry = namedRegistryBuild(name)
    const release = { ...facts().release, ...(registry === undefined ? {} : { registry }) }
    const [cronJob] = objects(wishes({ logLevel: 'Debug' }), facts({}, { release }))
    const text = JSON.stringify(cronJob)
    expect(text).toContain(`"args":["garbage-collect","--dry-run","${file}"]`)
    expect(text).toContain('"REGISTRY_LOG_LEVEL","value":"debug"')
  })

  test.each<readonly [string, string, Partial<Pruner>, Partial<Config>]>([
    ['storage', 'distribution-3.0', {}, { storage: { _tag: 'EmptyDir' } }],
    ['registry', 'openshift', {}, {}],
    [
      'untagged',
      'distribution-2.8',
      { collection: { deleteUntagged: true, windowSeconds: 60 } },
      {},
    ],
  ])(
    'are withheld because of the %s, unless they are suspended',
    (because, name, asked, config) => {
      const registry = namedRegistryBuild(name)
      const release = { ...facts().release, ...(registry === undefined ? {} : { registry }) }
      const known = facts({}, { release })
      expect(problems(wishes(asked, config), known)).toMatchObject([['image-pruner', { because }]])
      expect(pruner(wishes({ ...asked, suspend: true }, config), known)).toEqual([])
    },
  )

  test('are made where people want them, and where a claim of one node is', () => {
    const claims = [{ name: 'images', accessModes: ['ReadWriteOnce'], ours: false }]
    const other = { topologyKey: 'zone' }
    const affinity = {
      podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [other] },
      nodeAffinity: {},
    }
    const asked = {
      affinity,
      nodeSelector: { disk: 'fast' },
      tolerations: [{ operator: 'Exists' }],
    }
    expect(
      objects(wishes(asked, { rolloutStrategy: 'Recreate', replicas: 1 }), facts({}, { claims })),
    ).toMatchObject([
      {
        spec: {
          jobTemplate: {
            spec: {
              template: {
                spec: {
                  affinity: {
                    podAffinity: {
                      requiredDuringSchedulingIgnoredDuringExecution: [
                        other,
                        { topologyKey: 'kubernetes.io/hostname' },
                      ],
                    },
                    nodeAffinity: {},
                  },
                  nodeSelector: { disk: 'fast', 'kubernetes.io/os': 'linux' },
                  tolerations: [{ operator: 'Exists' }],
                },
              },
            },
          },
        },
      },
    ])
  })
})
