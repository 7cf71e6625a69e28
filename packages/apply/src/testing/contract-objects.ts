import assert from 'node:assert/strict'

import * as O from 'fp-ts/Option'

import { refOf, type KubeObject } from '@image-registry-operator/render/model'

import { collectionPath } from '../client/resource-path'
import { isServed } from '../observe/served'
import {
  applyAs,
  at,
  claim,
  codeOf,
  configMap,
  configMaps,
  createAs,
  deployment,
  edited,
  eventually,
  isGone,
  live,
  objectsAt,
  patchAs,
  raw,
  refuse,
  removeNow,
  succeed,
  tagOf,
  behaviour,
  type Behaviour,
  type ContractContext,
} from './contract-context'

const lease = ({ namespace }: ContractContext, name: string): KubeObject => ({
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { name, namespace },
  spec: { holderIdentity: 'one', leaseDurationSeconds: 10 },
})

/** Reading, creating, replacing and deleting. */
export const OBJECT_BEHAVIOURS: ReadonlyArray<Behaviour> = [
  behaviour(
    'discovery names the groups, versions and resources that are served',
    async ({ client }) => {
      const served = isServed(await succeed(client.discover))
      assert.equal(served({ apiVersion: 'apps/v1', plural: 'deployments' }), true)
      assert.equal(served({ apiVersion: 'policy/v1', plural: 'poddisruptionbudgets' }), true)
      assert.equal(served({ apiVersion: 'apps/v1', plural: 'nonsense' }), false)
      assert.equal(served({ apiVersion: 'nonsense.example.com/v1', plural: 'nonsenses' }), false)
    },
  ),
  behaviour('an object that is not there is read as none', async (context) => {
    assert.equal(await isGone(context, configMap(context, 'never-made')), true)
  }),
  behaviour(
    'a created object has a uid, a creation time and a resource version',
    async (context) => {
      const made = await succeed(context.client.createObject(configMap(context, 'created')))
      assert.match(made.metadata.uid ?? '', /^[0-9a-f-]{36}$/)
      assert.match(made.metadata.resourceVersion ?? '', /^\d+$/)
      assert.match(String(made.metadata['creationTimestamp']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    },
  ),
  behaviour('creating an object twice is a conflict that says it exists', async (context) => {
    const object = configMap(context, 'twice')
    await succeed(context.client.createObject(object))
    const error = await refuse(context.client.createObject(object))
    assert.equal(error._tag, 'Conflict')
    assert.equal('message' in error && error.message, 'it exists already')
  }),
  behaviour('creating in a namespace that does not exist is not found', async (context) => {
    const object = configMap({ ...context, namespace: 'no-such-namespace' }, 'nowhere')
    assert.equal(await tagOf(context.client.createObject(object)), 'NotFound')
  }),
  behaviour('applying in a namespace that does not exist is not found', async (context) => {
    const object = configMap({ ...context, namespace: 'no-such-namespace' }, 'nowhere')
    assert.equal(await tagOf(applyAs(context)('us', object)), 'NotFound')
  }),
  behaviour('a kind that is not served is not found', async (context) => {
    const collection = {
      apiVersion: 'nonsense.example.com/v1',
      kind: 'Nonsense',
      plural: 'nonsenses',
    }
    assert.equal(await codeOf(context.client.list(collection)), 404)
  }),
  behaviour('replacing an object at its resource version gives it a newer one', async (context) => {
    const made = await succeed(context.client.createObject(lease(context, 'replaced')))
    const next = { ...made, spec: { holderIdentity: 'two', leaseDurationSeconds: 10 } }
    const replaced = await succeed(context.client.replaceObject(next))
    assert.equal(at(replaced, 'spec.holderIdentity'), 'two')
    assert.ok(
      BigInt(replaced.metadata.resourceVersion ?? 0) > BigInt(made.metadata.resourceVersion ?? 0),
    )
  }),
  behaviour('replacing an object at an old resource version is a conflict', async (context) => {
    const made = await succeed(context.client.createObject(lease(context, 'raced')))
    await succeed(context.client.replaceObject({ ...made, spec: { holderIdentity: 'two' } }))
    const late = context.client.replaceObject({ ...made, spec: { holderIdentity: 'three' } })
    const error = await refuse(late)
    assert.equal(error._tag, 'Conflict')
    assert.equal('message' in error && error.message, 'it changed between reading and writing')
  }),
  behaviour('replacing an object with what it is already changes nothing', async (context) => {
    const made = await succeed(context.client.createObject(lease(context, 'same')))
    const again = await succeed(context.client.replaceObject(made))
    assert.equal(again.metadata.resourceVersion, made.metadata.resourceVersion)
  }),
  behaviour('an object is deleted at once when nothing holds it', async (context) => {
    const made = await succeed(context.client.createObject(configMap(context, 'deleted')))
    assert.deepEqual(await succeed(removeNow(context, made)), O.none)
    assert.equal(await isGone(context, made), true)
  }),
  behaviour('deleting needs the uid of the very object', async (context) => {
    const made = await succeed(context.client.createObject(configMap(context, 'other-uid')))
    const other = {
      ...made,
      metadata: { ...made.metadata, uid: '00000000-0000-0000-0000-000000000000' },
    }
    assert.equal(await tagOf(removeNow(context, other)), 'Conflict')
    assert.equal(await isGone(context, made), false)
  }),
  behaviour('deleting needs the resource version that was looked at', async (context) => {
    const made = await succeed(context.client.createObject(configMap(context, 'moved-on')))
    await patchAs(context)('somebody', made, { data: { key: 'changed' } })
    assert.equal(await tagOf(removeNow(context, made)), 'Conflict')
    assert.equal(await isGone(context, made), false)
  }),
  behaviour('deleting what is not there is not found', async (context) => {
    const made = await succeed(context.client.createObject(configMap(context, 'deleted-twice')))
    await succeed(removeNow(context, made))
    assert.equal(await tagOf(removeNow(context, made)), 'NotFound')
  }),
  behaviour(
    'an object with a finalizer stays, marked as deleted, until the finalizer goes',
    async (context) => {
      const object = configMap(context, 'finalized')
      const held = { ...object, metadata: { ...object.metadata, finalizers: ['example.com/hold'] } }
      const made = await succeed(context.client.createObject(held))
      const waiting = await succeed(removeNow(context, made))
      assert.ok(O.isSome(waiting) && waiting.value.metadata.deletionTimestamp !== undefined)
      assert.equal(await isGone(context, made), false)
      await patchAs(context)('somebody', made, { metadata: { finalizers: null } })
      assert.equal(await isGone(context, made), true)
    },
  ),
  behaviour(
    'a foreground deletion keeps the object until its dependents are gone',
    async (context) => {
      const owner = await succeed(context.client.createObject(deployment(context, 'owner')))
      const { name, uid = '' } = owner.metadata
      const dependent = configMap(context, 'dependent')
      const reference = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name,
        uid,
        blockOwnerDeletion: true,
      }
      await succeed(
        context.client.createObject({
          ...dependent,
          metadata: { ...dependent.metadata, ownerReferences: [reference] },
        }),
      )
      // Controllers write to it too; the deletion is for what it is now.
      await eventually('the deletion is accepted', async () =>
        O.isSome(
          O.fromEither(await removeNow(context, await live(context, owner), 'Foreground')()),
        ),
      )
      await eventually(
        'owner and dependent are gone',
        async () => (await isGone(context, owner)) && isGone(context, dependent),
      )
    },
  ),
  behaviour('a background deletion takes the dependents along, later', async (context) => {
    const owner = await succeed(context.client.createObject(configMap(context, 'background-owner')))
    const { name, uid = '' } = owner.metadata
    const dependent = configMap(context, 'background-dependent')
    await succeed(
      context.client.createObject({
        ...dependent,
        metadata: {
          ...dependent.metadata,
          ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name, uid }],
        },
      }),
    )
    assert.deepEqual(await succeed(removeNow(context, owner)), O.none)
    await eventually('the dependent is gone', () => isGone(context, dependent))
  }),
  behaviour(
    'a list with a name selects that object, and nothing when there is none',
    async (context) => {
      await succeed(context.client.createObject(configMap(context, 'selected')))
      await succeed(context.client.createObject(configMap(context, 'not-selected')))
      const found = await succeed(context.client.list(configMaps(context, 'selected')))
      assert.deepEqual(
        found.items.map(({ metadata }) => metadata.name),
        ['selected'],
      )
      const none = await succeed(context.client.list(configMaps(context, 'never-made')))
      assert.deepEqual(none.items, [])
    },
  ),
  behaviour('a list has a resource version, and items that say what they are', async (context) => {
    await succeed(context.client.createObject(configMap(context, 'listed')))
    const { items, resourceVersion } = await succeed(context.client.list(configMaps(context)))
    assert.match(resourceVersion, /^\d+$/)
    assert.ok(items.every(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'ConfigMap'))
  }),
  behaviour('a list of metadata has nothing but metadata', async (context) => {
    await succeed(context.client.createObject(configMap(context, 'metadata-listed')))
    const { items } = await succeed(
      context.client.list({ ...configMaps(context, 'metadata-listed'), metadataOnly: true }),
    )
    assert.deepEqual(
      items.map((item) => [item.kind, item.metadata.name, item['data']]),
      [['ConfigMap', 'metadata-listed', undefined]],
    )
  }),
  behaviour('an unknown field selector is refused', async (context) => {
    const path = `${collectionPath(configMaps(context))}?fieldSelector=data.key%3Dvalue`
    assert.equal(await codeOf(raw(context, { method: 'GET', path })), 400)
  }),
  behaviour(
    'the generation of a Deployment counts changes of its spec, and of nothing else',
    async (context) => {
      const made = await createAs(context)('somebody', deployment(context, 'generations'))
      assert.equal(made.metadata.generation, 1)
      const labelled = await patchAs(context)('somebody', made, {
        metadata: { labels: { a: 'b' } },
      })
      assert.equal(labelled.metadata.generation, 1)
      const changed = await patchAs(context)('somebody', made, {
        spec: { revisionHistoryLimit: 3 },
      })
      assert.equal(changed.metadata.generation, 2)
    },
  ),
  behaviour('defaults of a Deployment are filled in', async (context) => {
    const made = await succeed(context.client.createObject(deployment(context, 'defaulted')))
    assert.equal(at(made, 'spec.strategy.type'), 'RollingUpdate')
    assert.equal(at(made, 'spec.strategy.rollingUpdate.maxSurge'), '25%')
    assert.equal(at(made, 'spec.progressDeadlineSeconds'), 600)
    assert.equal(at(made, 'spec.template.spec.dnsPolicy'), 'ClusterFirst')
    const [container = {}] = objectsAt(made, 'spec.template.spec.containers')
    assert.equal(container['imagePullPolicy'], 'IfNotPresent')
    assert.equal(container['terminationMessagePath'], '/dev/termination-log')
    assert.deepEqual(container['ports'], [{ containerPort: 5000, protocol: 'TCP' }])
  }),
  behaviour('a Service gets an address, which stays when it is applied again', async (context) => {
    const service: KubeObject = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'addressed', namespace: context.namespace },
      spec: { ports: [{ name: 'main', port: 5000 }], selector: { app: 'x' } },
    }
    const made = await succeed(applyAs(context)('us', service))
    const ip = at(made, 'spec.clusterIP')
    assert.match(String(ip), /^\d+\.\d+\.\d+\.\d+$/)
    assert.deepEqual(at(made, 'spec.ports'), [
      { name: 'main', port: 5000, protocol: 'TCP', targetPort: 5000 },
    ])
    const again = await succeed(applyAs(context)('us', service))
    assert.equal(at(again, 'spec.clusterIP'), ip)
    assert.equal(again.metadata.resourceVersion, made.metadata.resourceVersion)
  }),
  behaviour('a claim is pending, and its class cannot be changed', async (context) => {
    const made = await succeed(context.client.createObject(claim(context, 'pending')))
    assert.equal(at(made, 'status.phase'), 'Pending')
    assert.equal(at(made, 'spec.volumeMode'), 'Filesystem')
    const other = {
      ...claim(context, 'pending'),
      spec: {
        accessModes: ['ReadWriteMany'],
        resources: { requests: { storage: '1Gi' } },
        storageClassName: 'other',
      },
    }
    assert.equal(await tagOf(applyAs(context)('us', other, true)), 'Invalid')
  }),
  behaviour(
    'text in a Secret is stored as base64, and what is no base64 is refused',
    async (context) => {
      const secret = {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'texts', namespace: context.namespace },
      }
      const made = await createAs(context)('somebody', { ...secret, stringData: { key: 'text' } })
      assert.deepEqual(
        [made['data'], made['stringData'], made['type']],
        [{ key: 'dGV4dA==' }, undefined, 'Opaque'],
      )
      const digest = {
        ...secret,
        metadata: { ...secret.metadata, name: 'digest' },
        data: { key: `sha256:${'0'.repeat(64)}` },
      }
      assert.equal(await tagOf(context.client.createObject(digest)), 'Invalid')
    },
  ),
  behaviour('a Deployment whose selector changes is refused', async (context) => {
    await succeed(applyAs(context)('us', deployment(context, 'selector')))
    const other = deployment(context, 'selector')
    const changed = edited(other, '"app":"selector"', '"app":"other"')
    assert.equal(await tagOf(applyAs(context)('us', changed, true)), 'Invalid')
  }),
  behaviour('a negative number of replicas is refused, with the field', async (context) => {
    const object = deployment(context, 'negative')
    const error = await refuse(
      applyAs(context)('us', edited(object, '"replicas":0', '"replicas":-1')),
    )
    assert.equal(error._tag, 'Invalid')
    assert.match('message' in error ? error.message : '', /spec\.replicas: Invalid value: -1/)
  }),
  behaviour('an object is found by a read of its reference', async (context) => {
    const made = await succeed(context.client.createObject(configMap(context, 'found')))
    const found = await succeed(context.client.read(refOf(made)))
    assert.deepEqual(O.isSome(found) && found.value['data'], { key: 'value' })
  }),
]
