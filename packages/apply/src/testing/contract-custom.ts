import assert from 'node:assert/strict'

import {
  isJsonObject,
  textOf,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'
import { refOf } from '@image-registry-operator/render/model'

import type { Collection } from '../client/kube-client'
import { objectPath } from '../client/resource-path'
import { isServed } from '../observe/served'
import {
  applyAs,
  at,
  codeOf,
  createAs,
  eventually,
  hasInitialEnd,
  listOf,
  live,
  objectsAt,
  owns,
  ownersOf,
  patchAs,
  raw,
  refuse,
  succeed,
  tagOf,
  watching,
  behaviour,
  type Behaviour,
  type ContractContext,
} from './contract-context'

const groupOf = ({ unique }: ContractContext): string => `${unique}.contract.example.com`

const SPEC: JsonObject = {
  type: 'object',
  required: ['size'],
  properties: {
    size: { type: 'integer', format: 'int32', minimum: 0, maximum: 9 },
    color: { type: 'string', enum: ['red', 'green'], default: 'red' },
    word: { type: 'string', pattern: '^[a-z]+$' },
    port: { 'x-kubernetes-int-or-string': true },
    parts: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, value: { type: 'string' } },
      },
    },
    atoms: {
      type: 'array',
      'x-kubernetes-list-type': 'atomic',
      items: { type: 'object', properties: { name: { type: 'string' } } },
    },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
}

const STATUS: JsonObject = {
  type: 'object',
  properties: {
    phase: { type: 'string' },
    conditions: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
      items: {
        type: 'object',
        required: ['type', 'status'],
        properties: { type: { type: 'string' }, status: { type: 'string' } },
      },
    },
  },
}

/** The definition of a kind for this run. */
export const definition = (context: ContractContext): KubeObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `widgets.${groupOf(context)}` },
  spec: {
    group: groupOf(context),
    names: { kind: 'Widget', plural: 'widgets' },
    scope: 'Cluster',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: {
            type: 'object',
            required: ['metadata', 'spec'],
            properties: {
              apiVersion: { type: 'string' },
              kind: { type: 'string' },
              metadata: { type: 'object' },
              spec: SPEC,
              status: STATUS,
            },
          },
        },
      },
    ],
  },
})

export const widgets = (context: ContractContext): Collection => ({
  apiVersion: `${groupOf(context)}/v1`,
  kind: 'Widget',
  plural: 'widgets',
})

const widget = (
  context: ContractContext,
  name: string,
  spec: JsonObject = { size: 1 },
): KubeObject => ({
  apiVersion: `${groupOf(context)}/v1`,
  kind: 'Widget',
  metadata: { name },
  spec,
})

const applyStatus = ({ client }: ContractContext, object: KubeObject, status: JsonObject) =>
  client.apply({
    object: {
      apiVersion: object.apiVersion,
      kind: object.kind,
      metadata: { name: object.metadata.name },
      status,
    },
    fieldManager: 'us-status',
    force: true,
    subresource: 'status',
  })

const refusedField = async (context: ContractContext, spec: JsonObject): Promise<string> => {
  const error = await refuse(context.client.createObject(widget(context, 'refused', spec)))
  assert.equal(error._tag, 'Invalid')
  return 'message' in error ? error.message : ''
}

/** Custom kinds. */
export const CUSTOM_BEHAVIOURS: ReadonlyArray<Behaviour> = [
  behaviour('a definition that is applied makes its kind served', async (context) => {
    const served = async (): Promise<boolean> =>
      isServed(await succeed(context.client.discover))(widgets(context))
    assert.equal(await served(), true)
    assert.deepEqual(
      (await succeed(context.client.list(widgets(context)))).items.filter(
        ({ kind }) => kind !== 'Widget',
      ),
      [],
    )
    const stored = await live(context, definition(context))
    const conditions = objectsAt(stored, 'status.conditions')
    const established = conditions.find(({ type }) => type === 'Established')
    assert.equal(established?.['status'], 'True')
  }),
  behaviour(
    'defaults of the schema are filled in, and fields that it does not know go',
    async (context) => {
      const made = await createAs(context)(
        'somebody',
        widget(context, 'complete', { size: 1, nonsense: true }),
      )
      assert.deepEqual(made['spec'], { size: 1, color: 'red' })
    },
  ),
  behaviour('a default is nobody’s field', async (context) => {
    const made = await succeed(applyAs(context)('us', widget(context, 'nobodys')))
    assert.equal(at(made, 'spec.color'), 'red')
    assert.equal(owns(made, 'us Apply', 'f:spec', 'f:size'), true)
    assert.equal(owns(made, 'us Apply', 'f:spec', 'f:color'), false)
  }),
  behaviour(
    'applying a field that the schema does not know is refused, and not as a failure of the server',
    async (context) => {
      const error = await refuse(
        applyAs(context)('us', widget(context, 'unknown', { size: 1, nonsense: true })),
      )
      assert.equal(error._tag, 'Invalid')
      assert.match(
        'message' in error ? error.message : '',
        /\.spec\.nonsense: field not declared in schema/,
      )
    },
  ),
  behaviour(
    'applying a value of the wrong type is refused, and not as a failure of the server',
    async (context) => {
      const error = await refuse(
        applyAs(context)('us', widget(context, 'mistyped', { size: 'large' })),
      )
      assert.equal(error._tag, 'Invalid')
      assert.match('message' in error ? error.message : '', /\.spec\.size: expected/)
    },
  ),
  behaviour(
    'applying a status with a field that the schema does not know is refused',
    async (context) => {
      const made = await succeed(applyAs(context)('us', widget(context, 'unknown-status')))
      assert.equal(
        await tagOf(applyStatus(context, made, { phase: 'Ready', nonsense: 1 })),
        'Invalid',
      )
    },
  ),
  behaviour('fields below one that keeps unknown fields stay', async (context) => {
    const made = await succeed(
      applyAs(context)('us', widget(context, 'free', { size: 1, free: { any: { thing: [1] } } })),
    )
    assert.deepEqual(at(made, 'spec.free'), { any: { thing: [1] } })
  }),
  behaviour('a value of the wrong type is refused', async (context) => {
    assert.match(await refusedField(context, { size: 'large' }), /spec\.size/)
  }),
  behaviour('a value that is missing is refused', async (context) => {
    assert.match(await refusedField(context, { color: 'red' }), /spec\.size: Required value/)
  }),
  behaviour('a value out of bounds is refused', async (context) => {
    assert.match(await refusedField(context, { size: -1 }), /spec\.size/)
    assert.match(await refusedField(context, { size: 10 }), /spec\.size/)
  }),
  behaviour('a value that is none of the choices is refused', async (context) => {
    assert.match(
      await refusedField(context, { size: 1, color: 'blue' }),
      /spec\.color: Unsupported value: "blue"/,
    )
  }),
  behaviour('a value that does not match the pattern is refused', async (context) => {
    assert.match(await refusedField(context, { size: 1, word: 'UPPER' }), /spec\.word/)
  }),
  behaviour('several wrong values are reported together', async (context) => {
    const message = await refusedField(context, { size: -1, color: 'blue', word: 'UPPER' })
    assert.match(message, /spec\.size.*/)
    assert.match(message, /spec\.color/)
    assert.match(message, /spec\.word/)
  }),
  behaviour('applying what the schema refuses is refused, and changes nothing', async (context) => {
    const made = await succeed(applyAs(context)('us', widget(context, 'unharmed')))
    assert.equal(
      await tagOf(applyAs(context)('us', widget(context, 'unharmed', { size: -1 }), true)),
      'Invalid',
    )
    assert.equal(
      (await live(context, made)).metadata.resourceVersion,
      made.metadata.resourceVersion,
    )
  }),
  behaviour(
    'the generation of a custom object counts its spec, not its status or metadata',
    async (context) => {
      const made = await succeed(applyAs(context)('us', widget(context, 'counted')))
      assert.equal(made.metadata.generation, 1)
      const reported = await succeed(applyStatus(context, made, { phase: 'Ready' }))
      assert.equal(reported.metadata.generation, 1)
      const labelled = await patchAs(context)('somebody', made, {
        metadata: { labels: { a: 'b' } },
      })
      assert.equal(labelled.metadata.generation, 1)
      const changed = await succeed(applyAs(context)('us', widget(context, 'counted', { size: 2 })))
      assert.equal(changed.metadata.generation, 2)
    },
  ),
  behaviour(
    'the status of a custom object is written through its subresource only',
    async (context) => {
      const made = await succeed(
        applyAs(context)('us', { ...widget(context, 'reported'), status: { phase: 'Ignored' } }),
      )
      assert.equal(made['status'], undefined)
      const reported = await succeed(applyStatus(context, made, { phase: 'Ready' }))
      assert.deepEqual(reported['status'], { phase: 'Ready' })
      assert.equal(owns(reported, 'us-status Apply status', 'f:status', 'f:phase'), true)
      const again = await succeed(applyAs(context)('us', widget(context, 'reported', { size: 3 })))
      assert.deepEqual(again['status'], { phase: 'Ready' })
    },
  ),
  behaviour('writing the status that is there changes nothing', async (context) => {
    const made = await succeed(applyAs(context)('us', widget(context, 'reported-twice')))
    const one = await succeed(applyStatus(context, made, { phase: 'Ready' }))
    const two = await succeed(applyStatus(context, made, { phase: 'Ready' }))
    assert.equal(two.metadata.resourceVersion, one.metadata.resourceVersion)
  }),
  behaviour('conditions are merged by type', async (context) => {
    const made = await succeed(applyAs(context)('us', widget(context, 'conditions')))
    await patchStatus(context, made, { conditions: [{ type: 'Theirs', status: 'True' }] })
    const reported = await succeed(
      applyStatus(context, made, { conditions: [{ type: 'Ours', status: 'True' }] }),
    )
    const byType = Object.fromEntries(
      objectsAt(reported, 'status.conditions').map((one) => [textOf(one['type']), one]),
    )
    assert.deepEqual(byType, {
      Ours: { type: 'Ours', status: 'True' },
      Theirs: { type: 'Theirs', status: 'True' },
    })
  }),
  behaviour(
    'who holds what of a status is changed through the object, and applying then removes it',
    async (context) => {
      const made = await succeed(applyAs(context)('us', widget(context, 'taken-over')))
      const conditions = [{ type: 'Theirs', status: 'True' }]
      await patchStatus(context, made, { conditions, phase: 'Theirs' })
      const theirs = await live(context, made)
      const entries = listOf(theirs.metadata.managedFields).filter(isJsonObject)
      const place = entries.findIndex((entry) => entry['subresource'] === 'status')
      const path = `/metadata/managedFields/${place}`
      const held = entries[place]
      const value = { ...held, manager: 'us-status', operation: 'Apply' }
      await succeed(
        context.client.patch({
          ref: refOf(made),
          operations: [
            { op: 'test', path, value: held ?? null },
            { op: 'replace', path, value },
          ],
          fieldManager: 'us-status',
        }),
      )
      const reported = await succeed(applyStatus(context, made, { phase: 'Ready' }))
      assert.deepEqual(reported['status'], { phase: 'Ready' })
      assert.deepEqual(Object.keys(ownersOf(reported)).sort(), [
        'us Apply',
        'us-status Apply status',
      ])
    },
  ),
  behaviour(
    'lists of a custom kind are merged by their keys, or replaced, as the schema says',
    async (context) => {
      const spec = { size: 1, parts: [{ name: 'a', value: '1' }], atoms: [{ name: 'a' }] }
      const made = await succeed(applyAs(context)('us', widget(context, 'lists', spec)))
      await patchAs(context)(
        'somebody',
        made,
        [
          { op: 'add', path: '/spec/parts/-', value: { name: 'b', value: '2' } },
          { op: 'add', path: '/spec/atoms/-', value: { name: 'b' } },
        ],
        'json-patch',
      )
      const again = await succeed(applyAs(context)('us', widget(context, 'lists', spec), true))
      assert.deepEqual(at(again, 'spec.parts'), [
        { name: 'a', value: '1' },
        { name: 'b', value: '2' },
      ])
      assert.deepEqual(at(again, 'spec.atoms'), [{ name: 'a' }])
    },
  ),
  behaviour('replacing a custom object needs its resource version', async (context) => {
    const made = await createAs(context)('somebody', widget(context, 'unversioned'))
    const { resourceVersion: _, ...metadata } = made.metadata
    const code = await codeOf(
      raw(context, { method: 'PUT', path: objectPath(refOf(made)), body: { ...made, metadata } }),
    )
    assert.equal(code, 422)
  }),
  behaviour('a custom kind is watched like any other', async (context) => {
    await succeed(applyAs(context)('us', widget(context, 'watched')))
    const watch = watching(context, { ...widgets(context), name: 'watched' })
    await watch.until('the initial events end', hasInitialEnd)
    await succeed(applyAs(context)('us', widget(context, 'watched', { size: 4 })))
    await watch.until('the change', (events) =>
      events.some((event) => event._tag === 'Put' && at(event.object, 'spec.size') === 4),
    )
    watch.stop()
  }),
  behaviour('a custom kind goes with its definition, and its objects with it', async (context) => {
    const other = { ...context, unique: `${context.unique}b` }
    const made = await succeed(applyAs(context)('us', definition(other)))
    await eventually('the kind is served', async () =>
      isServed(await succeed(context.client.discover))(widgets(other)),
    )
    await eventually('an object can be made', async () => {
      const result = await applyAs(context)('us', widget(other, 'doomed'))()
      return result._tag === 'Right'
    })
    await eventually('the definition is deleted', async () => {
      const current = await live(context, made)
      const result = await context.client.remove({
        ref: refOf(current),
        uid: current.metadata.uid ?? '',
        resourceVersion: current.metadata.resourceVersion ?? '',
        propagation: 'Background',
      })()
      return result._tag === 'Right'
    })
    await eventually(
      'the kind is no longer served',
      async () => (await context.client.list(widgets(other))())._tag === 'Left',
    )
  }),
]

const patchStatus = (context: ContractContext, object: KubeObject, status: JsonObject) =>
  succeed(
    raw(context, {
      method: 'PATCH',
      path: `${objectPath(refOf(object))}/status`,
      body: { status },
      contentType: 'application/merge-patch+json',
    }),
  )
