import assert from 'node:assert/strict'

import {
  textOf,
  isJsonObject,
  objectRef,
  refOf,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'

import { objectPath } from '../client/resource-path'
import {
  applyAs,
  at,
  claim,
  codeOf,
  configMap,
  createAs,
  deployment,
  edited,
  listOf,
  live,
  ownersOf,
  objectsAt,
  owns,
  patchAs,
  raw,
  refuse,
  succeed,
  tagOf,
  behaviour,
  type Behaviour,
  type ContractContext,
} from './contract-context'

const withLabels = (
  object: KubeObject,
  labels: { readonly [key: string]: string },
): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, labels },
})

const containersOf = (object: KubeObject): { readonly [name: string]: JsonObject } =>
  Object.fromEntries(
    objectsAt(object, 'spec.template.spec.containers').map((one) => [textOf(one['name']), one]),
  )

const policy = (
  { namespace }: ContractContext,
  name: string,
  ports: ReadonlyArray<number>,
): KubeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace },
  spec: { podSelector: {}, ingress: [{ ports: ports.map((port) => ({ port })) }] },
})

const DATA = ['f:data', 'f:key'] as const

/** Server-side apply: who owns which field. */
export const APPLY_BEHAVIOURS: ReadonlyArray<Behaviour> = [
  behaviour(
    'applying an object that is not there makes it, and owns its fields',
    async (context) => {
      const made = await succeed(applyAs(context)('us', configMap(context, 'applied')))
      assert.deepEqual(ownersOf(made), { 'us Apply': { 'f:data': { 'f:key': {} } } })
    },
  ),
  behaviour(
    'applying the same again changes nothing, not even the resource version',
    async (context) => {
      const made = await succeed(applyAs(context)('us', configMap(context, 'applied-twice')))
      const again = await succeed(applyAs(context)('us', configMap(context, 'applied-twice')))
      assert.equal(again.metadata.resourceVersion, made.metadata.resourceVersion)
      assert.deepEqual(again.metadata.managedFields, made.metadata.managedFields)
    },
  ),
  behaviour(
    'applying a field that another manager applies otherwise is a conflict that names field and manager',
    async (context) => {
      await succeed(applyAs(context)('them', configMap(context, 'contested', { key: 'theirs' })))
      const error = await refuse(
        applyAs(context)('us', configMap(context, 'contested', { key: 'ours' })),
      )
      assert.equal(error._tag, 'Conflict')
      assert.match('message' in error ? error.message : '', /^\.data\.key: conflict with "them"/)
    },
  ),
  behaviour('with force the field changes hands', async (context) => {
    await succeed(applyAs(context)('them', configMap(context, 'forced', { key: 'theirs' })))
    const forced = await succeed(
      applyAs(context)('us', configMap(context, 'forced', { key: 'ours' }), true),
    )
    assert.equal(at(forced, 'data.key'), 'ours')
    assert.equal(owns(forced, 'us Apply', ...DATA), true)
    assert.equal(owns(forced, 'them Apply', ...DATA), false)
  }),
  behaviour(
    'two managers that apply the same value own it together, without a conflict',
    async (context) => {
      await succeed(applyAs(context)('them', configMap(context, 'shared')))
      const both = await succeed(applyAs(context)('us', configMap(context, 'shared')))
      assert.equal(owns(both, 'us Apply', ...DATA) && owns(both, 'them Apply', ...DATA), true)
    },
  ),
  behaviour('a field that is no longer applied goes', async (context) => {
    await succeed(
      applyAs(context)('us', configMap(context, 'shrinking', { key: 'value', more: 'value' })),
    )
    const less = await succeed(applyAs(context)('us', configMap(context, 'shrinking')))
    assert.deepEqual(less['data'], { key: 'value' })
  }),
  behaviour('a field that is no longer applied, but owned by another, stays', async (context) => {
    const two = { key: 'value', more: 'value' }
    await succeed(applyAs(context)('us', configMap(context, 'kept', two)))
    await succeed(applyAs(context)('them', configMap(context, 'kept', two)))
    const less = await succeed(applyAs(context)('us', configMap(context, 'kept')))
    assert.deepEqual(less['data'], two)
    assert.equal(owns(less, 'us Apply', 'f:data', 'f:more'), false)
  }),
  behaviour('a map goes with the last of its fields that is no longer applied', async (context) => {
    await succeed(applyAs(context)('us', withLabels(configMap(context, 'unlabelled'), { a: 'b' })))
    const less = await succeed(applyAs(context)('us', configMap(context, 'unlabelled')))
    assert.equal(less.metadata.labels, undefined)
  }),
  behaviour('labels and annotations of others stay', async (context) => {
    const object = withLabels(configMap(context, 'labelled'), { ours: '1' })
    const made = await succeed(applyAs(context)('us', object))
    await patchAs(context)('somebody', made, {
      metadata: { labels: { theirs: '1' }, annotations: { theirs: '1' } },
    })
    const again = await succeed(applyAs(context)('us', withLabels(object, { ours: '2' })))
    assert.deepEqual(again.metadata.labels, { ours: '2', theirs: '1' })
    assert.deepEqual(again.metadata.annotations, { theirs: '1' })
  }),
  behaviour(
    'an update by another takes the fields that it changes, and applying again takes them back',
    async (context) => {
      const object = configMap(context, 'edited', { key: 'ours', other: 'ours' })
      const made = await succeed(applyAs(context)('us', object))
      const taken = await patchAs(context)('somebody', made, { data: { key: 'theirs' } })
      assert.equal(owns(taken, 'us Apply', ...DATA), false)
      assert.equal(owns(taken, 'us Apply', 'f:data', 'f:other'), true)
      assert.equal(owns(taken, 'somebody Update', ...DATA), true)
      assert.equal(await tagOf(applyAs(context)('us', object)), 'Conflict')
      const back = await succeed(applyAs(context)('us', object, true))
      assert.equal(at(back, 'data.key'), 'ours')
      assert.deepEqual(Object.keys(ownersOf(back)), ['us Apply'])
    },
  ),
  behaviour('an update that changes nothing takes nothing', async (context) => {
    const made = await succeed(applyAs(context)('us', configMap(context, 'touched')))
    const same = await patchAs(context)('somebody', made, { data: { key: 'value' } })
    assert.deepEqual(Object.keys(ownersOf(same)), ['us Apply'])
    assert.equal(same.metadata.resourceVersion, made.metadata.resourceVersion)
  }),
  behaviour(
    'a field that another removes is nobody’s, and applying puts it back',
    async (context) => {
      const made = await succeed(
        applyAs(context)('us', configMap(context, 'robbed', { key: 'value', more: 'value' })),
      )
      const robbed = await patchAs(context)('somebody', made, { data: { more: null } })
      assert.equal(owns(robbed, 'us Apply', 'f:data', 'f:more'), false)
      const back = await succeed(
        applyAs(context)('us', configMap(context, 'robbed', { key: 'value', more: 'value' })),
      )
      assert.deepEqual(back['data'], { key: 'value', more: 'value' })
    },
  ),
  behaviour('an object that others created is taken over field by field', async (context) => {
    await createAs(context)(
      'somebody',
      configMap(context, 'adopted', { key: 'value', theirs: 'value' }),
    )
    const adopted = await succeed(applyAs(context)('us', configMap(context, 'adopted'), true))
    assert.deepEqual(adopted['data'], { key: 'value', theirs: 'value' })
    assert.equal(
      owns(adopted, 'us Apply', ...DATA) && owns(adopted, 'somebody Update', 'f:data', 'f:theirs'),
      true,
    )
  }),
  behaviour('containers are merged by name and variables by name', async (context) => {
    const made = await succeed(applyAs(context)('us', deployment(context, 'merged')))
    await patchAs(context)(
      'somebody',
      made,
      {
        spec: {
          template: {
            spec: {
              containers: [
                { name: 'main', env: [{ name: 'THEIRS', value: '1' }] },
                { name: 'side', image: 'example.com/side:1' },
              ],
            },
          },
        },
      },
      'strategic-merge-patch',
    )
    const changed = edited(deployment(context, 'merged'), 'main:1', 'main:2')
    const again = await succeed(applyAs(context)('us', changed, true))
    const { main = {}, side = {} } = containersOf(again)
    assert.equal(main['image'], 'example.com/main:2')
    assert.deepEqual(
      objectsAt(main, 'env')
        .map(({ name }) => name)
        .sort(),
      ['FIRST', 'THEIRS'],
    )
    assert.equal(side['image'], 'example.com/side:1')
  }),
  behaviour('an item of a merged list that is no longer applied goes', async (context) => {
    const two = edited(
      deployment(context, 'fewer'),
      '"env":[',
      '"env":[{"name":"SECOND","value":"2"},',
    )
    await succeed(applyAs(context)('us', two))
    const one = await succeed(applyAs(context)('us', deployment(context, 'fewer')))
    assert.deepEqual(containersOf(one)['main']?.['env'], [{ name: 'FIRST', value: '1' }])
  }),
  behaviour(
    'items of merged lists are owned by their keys, defaulted keys included',
    async (context) => {
      const made = await succeed(applyAs(context)('us', deployment(context, 'keys')))
      const container = ['f:spec', 'f:template', 'f:spec', 'f:containers', 'k:{"name":"main"}']
      assert.equal(owns(made, 'us Apply', ...container, 'f:image'), true)
      assert.equal(
        owns(made, 'us Apply', ...container, 'f:env', 'k:{"name":"FIRST"}', 'f:value'),
        true,
      )
      assert.equal(
        owns(
          made,
          'us Apply',
          ...container,
          'f:ports',
          'k:{"containerPort":5000,"protocol":"TCP"}',
          'f:containerPort',
        ),
        true,
      )
      assert.equal(owns(made, 'us Apply', ...container, 'f:imagePullPolicy'), false)
    },
  ),
  behaviour(
    'a field that was defaulted goes back to its default when it is no longer applied',
    async (context) => {
      const object = deployment(context, 'undefaulted')
      await succeed(
        applyAs(context)(
          'us',
          edited(object, '"replicas":0', '"replicas":0,"revisionHistoryLimit":2'),
        ),
      )
      const less = await succeed(applyAs(context)('us', object))
      assert.equal(at(less, 'spec.revisionHistoryLimit'), 10)
    },
  ),
  behaviour('an atomic list is replaced whole', async (context) => {
    const made = await succeed(applyAs(context)('us', policy(context, 'atomic', [5000])))
    await patchAs(context)('somebody', made, {
      spec: { ingress: [{ ports: [{ port: 1 }, { port: 2 }] }] },
    })
    const back = await succeed(applyAs(context)('us', policy(context, 'atomic', [5000]), true))
    assert.deepEqual(at(back, 'spec.ingress'), [{ ports: [{ port: 5000, protocol: 'TCP' }] }])
    assert.equal(owns(back, 'us Apply', 'f:spec', 'f:ingress'), true)
  }),
  behaviour(
    'applying an atomic list that was defaulted inside changes nothing',
    async (context) => {
      const made = await succeed(applyAs(context)('us', policy(context, 'atomic-default', [5000])))
      const again = await succeed(
        applyAs(context)('us', policy(context, 'atomic-default', [5000]), true),
      )
      assert.equal(again.metadata.resourceVersion, made.metadata.resourceVersion)
    },
  ),
  behaviour('an atomic map is one value', async (context) => {
    const made = await succeed(applyAs(context)('us', deployment(context, 'atomic-map')))
    assert.equal(owns(made, 'us Apply', 'f:spec', 'f:selector'), true)
    assert.equal(owns(made, 'us Apply', 'f:spec', 'f:selector', 'f:matchLabels'), false)
  }),
  behaviour(
    'rules of a ClusterRole are one value, and its name may hold a colon',
    async (context) => {
      const role: KubeObject = {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: `contract:${context.unique}` },
        rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
      }
      const made = await succeed(applyAs(context)('us', role))
      assert.deepEqual(ownersOf(made), { 'us Apply': { 'f:rules': {} } })
      const found = await live(context, role)
      assert.equal(found.metadata.name, `contract:${context.unique}`)
      await succeed(
        context.client.remove({
          ref: refOf(found),
          uid: found.metadata.uid ?? '',
          resourceVersion: found.metadata.resourceVersion ?? '',
          propagation: 'Background',
        }),
      )
    },
  ),
  behaviour('a role binding cannot be pointed at another role', async (context) => {
    const binding = (role: string): KubeObject => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'bound', namespace: context.namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', name: 'one', namespace: context.namespace }],
    })
    await succeed(applyAs(context)('us', binding('view')))
    assert.equal(await tagOf(applyAs(context)('us', binding('edit'), true)), 'Invalid')
  }),
  behaviour(
    'applying the status changes the status only, under an owner of its own',
    async (context) => {
      const made = await succeed(applyAs(context)('us', { ...claim(context, 'status') }))
      const status = {
        ...claim(context, 'status'),
        spec: { resources: { requests: { storage: '9Gi' } } },
        status: { phase: 'Lost' },
      }
      const after = await succeed(
        context.client.apply({
          object: status,
          fieldManager: 'us-status',
          force: true,
          subresource: 'status',
        }),
      )
      assert.equal(at(after, 'status.phase'), 'Lost')
      assert.equal(at(after, 'spec.resources.requests.storage'), '1Gi')
      assert.equal(owns(after, 'us-status Apply status', 'f:status', 'f:phase'), true)
      assert.equal(owns(after, 'us-status Apply status', 'f:spec'), false)
      assert.notEqual(after.metadata.resourceVersion, made.metadata.resourceVersion)
    },
  ),
  behaviour('applying the object leaves the status alone, and owns none of it', async (context) => {
    const object = { ...claim(context, 'no-status'), status: { phase: 'Bound' } }
    const made = await succeed(applyAs(context)('us', object))
    assert.equal(at(made, 'status.phase'), 'Pending')
    assert.equal(owns(made, 'us Apply', 'f:status'), false)
  }),
  behaviour('applying the status of an object that is not there is not found', async (context) => {
    const object = { ...claim(context, 'no-such-claim'), status: { phase: 'Bound' } }
    assert.equal(
      await tagOf(
        context.client.apply({ object, fieldManager: 'us', force: true, subresource: 'status' }),
      ),
      'NotFound',
    )
  }),
  behaviour('applying with the uid of another object is refused', async (context) => {
    const made = await succeed(applyAs(context)('us', configMap(context, 'uid')))
    const other = {
      ...configMap(context, 'uid'),
      metadata: {
        ...configMap(context, 'uid').metadata,
        uid: '00000000-0000-0000-0000-000000000000',
      },
    }
    assert.equal(await tagOf(applyAs(context)('us', other)), 'Invalid')
    assert.equal(
      (await live(context, made)).metadata.resourceVersion,
      made.metadata.resourceVersion,
    )
  }),
  behaviour('applying managedFields is refused', async (context) => {
    const made = await succeed(applyAs(context)('us', configMap(context, 'managed')))
    assert.equal(await tagOf(applyAs(context)('us', made)), 'Invalid')
  }),
  behaviour('applying without a manager is refused', async (context) => {
    const object = configMap(context, 'unmanaged')
    const code = await codeOf(
      raw(context, {
        method: 'PATCH',
        path: objectPath(refOf(object)),
        body: object,
        contentType: 'application/apply-patch+yaml',
      }),
    )
    assert.ok(code === 400 || code === 422, `got ${code}`)
  }),
  behaviour('applying under another name than that of the path is refused', async (context) => {
    const path = objectPath(objectRef('v1', 'ConfigMap', 'this', context.namespace))
    const code = await codeOf(
      raw(context, {
        method: 'PATCH',
        path: `${path}?fieldManager=us`,
        body: configMap(context, 'that'),
        contentType: 'application/apply-patch+yaml',
      }),
    )
    assert.equal(code, 400)
  }),
  behaviour('a patch of an unknown type is refused', async (context) => {
    const made = await succeed(applyAs(context)('us', configMap(context, 'patched')))
    const code = await codeOf(
      raw(context, {
        method: 'PATCH',
        path: objectPath(refOf(made)),
        body: {},
        contentType: 'application/nonsense',
      }),
    )
    assert.equal(code, 415)
  }),
  behaviour('a JSON patch adds, replaces and removes', async (context) => {
    const made = await succeed(
      applyAs(context)('us', configMap(context, 'json-patched', { one: '1', two: '2' })),
    )
    const after = await patchAs(context)(
      'somebody',
      made,
      [
        { op: 'add', path: '/data/three', value: '3' },
        { op: 'replace', path: '/data/two', value: '22' },
        { op: 'remove', path: '/data/one' },
      ],
      'json-patch',
    )
    assert.deepEqual(after['data'], { two: '22', three: '3' })
  }),
  behaviour('a JSON patch whose test fails is refused, and changes nothing', async (context) => {
    const made = await succeed(applyAs(context)('us', configMap(context, 'tested')))
    const patch = context.client.patch({
      ref: refOf(made),
      operations: [
        { op: 'test', path: '/data/key', value: 'another' },
        { op: 'replace', path: '/data/key', value: 'changed' },
      ],
      fieldManager: 'us',
    })
    assert.equal(await tagOf(patch), 'Invalid')
    assert.deepEqual((await live(context, made))['data'], { key: 'value' })
  }),
  behaviour(
    'a patch can make one manager the holder of what another put, and applying then removes it',
    async (context) => {
      const made = await succeed(applyAs(context)('us', configMap(context, 'reclaimed')))
      const theirs = await patchAs(context)('somebody', made, { data: { theirs: 'value' } })
      const entries = listOf(theirs.metadata.managedFields).filter(isJsonObject)
      const place = (manager: string): number =>
        entries.findIndex((entry) => entry['manager'] === manager)
      const [ours, other] = [place('us'), place('somebody')]
      await succeed(
        context.client.patch({
          ref: refOf(made),
          operations: [
            { op: 'test', path: `/metadata/managedFields/${other}`, value: entries[other] ?? null },
            {
              op: 'replace',
              path: `/metadata/managedFields/${ours}`,
              value: { ...entries[ours], fieldsV1: { 'f:data': { 'f:key': {}, 'f:theirs': {} } } },
            },
            { op: 'remove', path: `/metadata/managedFields/${other}` },
          ],
          fieldManager: 'us',
        }),
      )
      const after = await succeed(applyAs(context)('us', configMap(context, 'reclaimed'), true))
      assert.deepEqual(after['data'], { key: 'value' })
      assert.deepEqual(Object.keys(ownersOf(after)), ['us Apply'])
    },
  ),
  behaviour('finalizers are a set: each is owned for itself', async (context) => {
    const object = configMap(context, 'finalizers')
    const made = await succeed(
      applyAs(context)('us', {
        ...object,
        metadata: { ...object.metadata, finalizers: ['example.com/ours'] },
      }),
    )
    await patchAs(context)(
      'somebody',
      made,
      [{ op: 'add', path: '/metadata/finalizers/-', value: 'example.com/theirs' }],
      'json-patch',
    )
    const less = await succeed(applyAs(context)('us', object))
    assert.deepEqual(listOf(less.metadata['finalizers']), ['example.com/theirs'])
    await patchAs(context)('somebody', made, { metadata: { finalizers: null } })
  }),
]
