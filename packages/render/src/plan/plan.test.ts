import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { fieldStep, type FieldPath, itemStep } from '../fields/field-path'
import type { ApplyObject, JsonObject, KubeObject, Plan } from '../model'
import { names } from '../model'
import { anObservation, converge } from '../testing/live-objects'
import { realServerAnswers } from '../testing/real-server-answers'
import { applied, edited, patched, withPart } from '../testing/server-side-apply'
import { describeAction } from './describe-action'
import { plan } from './plan'

const answer = (kind: string): { readonly desired: KubeObject; readonly live: KubeObject } => {
  const found = realServerAnswers.find(({ desired }) => desired.kind === kind)
  if (found === undefined) throw new Error(`no answer of kind ${kind}`)
  return found
}

const planOf = (desired: KubeObject, live: ReadonlyArray<KubeObject>): Plan =>
  plan({ objects: [converge(desired)], withheld: [] }, anObservation(live))

const changesOf = (result: Plan) =>
  result.flatMap((action) =>
    action._tag === 'ApplyObject'
      ? action.changes.map(({ path, why, heldBy }) => ({ path, why, heldBy }))
      : [],
  )

const fields = (path: string): FieldPath => path.split('.').map(fieldStep)
const podSpec = fields('spec.template.spec')
const container = [...podSpec, fieldStep('containers'), itemStep({ name: 'registry' })]

describe('the plan for objects as a real API server has them after we applied them', () => {
  it.each(realServerAnswers.map(({ desired, live }) => [desired.kind, desired, live] as const))(
    'is empty for a %s',
    (_kind, desired, live) => {
      expect(planOf(desired, [live])).toEqual([])
    },
  )
})

describe('the plan for an object', () => {
  it('creates it when there is none', () => {
    const { desired } = answer('Service')
    expect(planOf(desired, []).map(describeAction)).toEqual([
      'create Service openshift-image-registry/image-registry',
    ])
  })

  it('puts a field back that somebody edited, and says who', () => {
    const { desired, live } = answer('Deployment')
    const drifted = edited(live, fields('spec.replicas'), { by: 'kubectl-edit', value: 3 })
    const [action] = planOf(desired, [drifted])
    expect(action).toMatchObject({
      change: 'update',
      changes: [{ path: 'spec.replicas', why: 'differs', live: 3, wanted: 2 }],
    })
    expect(planOf(desired, [drifted]).map(describeAction)).toEqual([
      'update Deployment openshift-image-registry/image-registry: spec.replicas 3 → 2 (edited by kubectl-edit)',
    ])
  })

  it('sees an addition inside a value that is held as a whole', () => {
    const { desired, live } = answer('Service')
    const selector = { 'docker-registry': 'default', extra: 'label' }
    const drifted = edited(live, fields('spec.selector'), { by: 'hand', value: selector })
    expect(changesOf(planOf(desired, [drifted]))).toEqual([
      { path: 'spec.selector', why: 'not-owned', heldBy: ['hand'] },
    ])
  })

  it('takes away what we hold and no longer want', () => {
    const { desired, live } = answer('Deployment')
    const smaller = withPart(
      desired,
      fields('spec.template.spec.tolerations'),
      undefined,
    ) as KubeObject
    expect(planOf(smaller, [live]).map(describeAction)).toEqual([
      'update Deployment openshift-image-registry/image-registry: spec.template.spec.tolerations is no longer wanted',
    ])
  })

  it('takes over an object that somebody else made', () => {
    const { desired, live } = answer('PodDisruptionBudget')
    const theirs = {
      ...live,
      metadata: {
        ...live.metadata,
        managedFields: [{ manager: 'other', operation: 'Update', fieldsV1: { 'f:spec': {} } }],
      },
    }
    expect(changesOf(planOf(desired, [theirs]))).toEqual([
      { path: 'metadata', why: 'not-owned', heldBy: [] },
      { path: 'spec', why: 'not-owned', heldBy: ['other'] },
    ])
  })

  it('takes over an object of which nobody holds anything', () => {
    const { desired, live } = answer('ServiceAccount')
    const free = { ...live, metadata: { ...live.metadata, managedFields: [] } }
    expect(changesOf(planOf(desired, [free]))).toEqual([
      { path: 'metadata', why: 'not-owned', heldBy: [] },
    ])
  })

  it('goes by the values alone where the object was printed without managedFields', () => {
    const { desired, live } = answer('Deployment')
    const { managedFields: _left, ...metadata } = live.metadata
    const printed = { ...live, metadata } as KubeObject
    expect(planOf(desired, [printed])).toEqual([])
    const drifted = withPart(printed, fields('spec.replicas'), 7) as KubeObject
    expect(changesOf(planOf(desired, [drifted]))).toEqual([
      { path: 'spec.replicas', why: 'differs', heldBy: [] },
    ])
  })

  it('waits while it is being deleted', () => {
    const { desired, live } = answer('Deployment')
    const metadata = { ...live.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' }
    expect(planOf({ ...desired, spec: {} }, [{ ...live, metadata }])).toEqual([])
  })

  it('leaves alone what is only to be created, whatever became of it', () => {
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'image-registry-storage', namespace: names.REGISTRY_NAMESPACE },
      spec: { accessModes: ['ReadWriteMany'] },
    }
    const desired = {
      objects: [{ ...converge(claim), mode: 'create-only' as const }],
      withheld: [],
    }
    const larger = { ...claim, spec: { accessModes: ['ReadWriteOnce'] } }
    expect(plan(desired, anObservation([larger]))).toEqual([])
    expect(plan(desired, anObservation([]))).toHaveLength(1)
  })

  it('removes the affinity in one write, also when it scales up', () => {
    const { desired, live } = answer('Deployment')
    const withAffinity = withPart(desired, [...podSpec, fieldStep('affinity')], {
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'a' }] },
    }) as KubeObject
    const larger = withPart(
      withPart(desired, [...podSpec, fieldStep('affinity')], undefined),
      fields('spec.replicas'),
      3,
    ) as KubeObject
    const actions = planOf(larger, [applied(withAffinity, live)])
    expect(actions).toHaveLength(1)
    expect(changesOf(actions).map(({ path, why }) => [path, why])).toEqual([
      ['spec.replicas', 'differs'],
      ['spec.template.spec.affinity', 'no-longer-wanted'],
    ])
  })
})

/** One pass: what the applier would do with the actions. */
const performed = (actions: Plan, live: KubeObject): KubeObject =>
  actions
    .filter((action): action is ApplyObject => action._tag === 'ApplyObject')
    .reduce((object, { desired, reclaim }) => {
      const reclaimed = reclaim === undefined ? object : patched(object, reclaim)
      if (reclaimed === undefined) throw new Error('a test of the JSON patch failed')
      return applied(desired.object, reclaimed)
    }, live)

describe('somebody else’s addition', () => {
  type Case = readonly [what: string, kind: string, path: FieldPath, value: JsonObject | number]
  const inTheWay: ReadonlyArray<Case> = [
    [
      'a second source of a volume',
      'Deployment',
      [
        ...podSpec,
        fieldStep('volumes'),
        itemStep({ name: 'registry-storage' }),
        fieldStep('hostPath'),
      ],
      { path: '/images' },
    ],
    [
      'a variable',
      'Deployment',
      [...container, fieldStep('env'), itemStep({ name: 'HAND' })],
      { name: 'HAND', value: 'x' },
    ],
    [
      'a port',
      'Deployment',
      [...container, fieldStep('ports'), itemStep({ containerPort: 7000, protocol: 'TCP' })],
      { containerPort: 7000, protocol: 'TCP' },
    ],
    [
      'another handler of a probe',
      'Deployment',
      [...container, ...fields('livenessProbe.exec')],
      { command: ['true'] },
    ],
    [
      'a container',
      'Deployment',
      [...podSpec, fieldStep('containers'), itemStep({ name: 'other' })],
      { name: 'other', image: 'x' },
    ],
    [
      'a port of the Service under the name of ours',
      'Service',
      [...fields('spec.ports'), itemStep({ port: 5001, protocol: 'TCP' })],
      { port: 5001, protocol: 'TCP', name: '5000-tcp' },
    ],
    ['the other way to write a budget', 'PodDisruptionBudget', fields('spec.maxUnavailable'), 1],
  ]

  it.each(inTheWay)('%s is in the way, and one pass removes it', (_what, kind, path, value) => {
    const { desired, live } = answer(kind)
    const mixed = edited(live, path, { by: 'hand', value })
    const actions = planOf(desired, [mixed])
    expect(changesOf(actions)).toMatchObject([{ why: 'in-the-way', heldBy: ['hand'] }])
    expect(planOf(desired, [performed(actions, mixed)])).toEqual([])
    expect(JSON.stringify(performed(actions, mixed))).not.toContain('hand')
  })

  it('is in the way of an object that we take over, too', () => {
    const { desired } = answer('Deployment')
    const variable = [...container, fieldStep('env'), itemStep({ name: 'REGISTRY_HTTP_SECRET' })]
    const theirs = edited(
      { ...desired, metadata: { ...desired.metadata, uid: '1', resourceVersion: '1' } },
      variable,
      { by: 'original', value: { name: 'REGISTRY_HTTP_SECRET', value: 'clear text' } },
    )
    const actions = planOf(desired, [theirs])
    expect(changesOf(actions).map(({ path }) => path)).toContain(
      'spec.template.spec.containers[name=registry].env[name=REGISTRY_HTTP_SECRET].value',
    )
    const after = performed(actions, theirs)
    expect(planOf(desired, [after])).toEqual([])
    expect(JSON.stringify(after)).not.toContain('clear text')
  })

  it('stays when nobody holds it: an admission plugin would add it again', () => {
    const { desired, live } = answer('Deployment')
    const path = [...podSpec, fieldStep('volumes'), itemStep({ name: 'injected' })]
    const injected = withPart(live, path, { name: 'injected', emptyDir: {} }) as KubeObject
    expect(planOf(desired, [injected])).toEqual([])
  })

  it.each([
    ['a label', fields('metadata.labels.theirs'), 'x'],
    ['an annotation', fields('metadata.annotations.theirs'), 'x'],
    ['an annotation of the pods', fields('spec.template.metadata.annotations.theirs'), 'x'],
    ['a field that we say nothing about', fields('spec.revisionHistoryLimit'), 3],
  ])('stays when it is %s', (_what, path, value) => {
    const { desired, live } = answer('Deployment')
    expect(planOf(desired, [edited(live, path, { by: 'hand', value })])).toEqual([])
  })
})

describe('the plan as a whole', () => {
  const { desired, live } = answer('Deployment')
  const wrong = [edited(live, fields('spec.replicas'), { by: 'hand', value: 9 })]
  const state = { objects: [converge(desired)], withheld: [] }

  it('is empty when the Config cannot be used', () => {
    const observation = { ...anObservation(wrong), config: E.left({ _tag: 'NoConfig' as const }) }
    expect(plan(state, observation)).toEqual([])
  })

  it('is empty when the registry is not ours to manage', () => {
    expect(plan(state, anObservation(wrong, { managementState: 'Unmanaged' }))).toEqual([])
  })

  it('is empty while the Config is being deleted', () => {
    const subject: KubeObject = {
      apiVersion: names.CONFIG_API_VERSION,
      kind: 'Config',
      metadata: { name: 'cluster', deletionTimestamp: '2026-01-01T00:00:00Z' },
    }
    expect(plan(state, { ...anObservation(wrong), subject })).toEqual([])
  })

  it('lists more changes than a person reads in short', () => {
    const everything = { ...live, spec: {}, metadata: { ...live.metadata, labels: {} } }
    const text = planOf(desired, [everything]).map(describeAction).join('')
    expect(text).toMatch(/, \d+ more$/)
    expect(text.length).toBeLessThan(500)
  })
})
