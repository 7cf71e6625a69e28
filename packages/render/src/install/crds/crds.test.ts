import * as E from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'

import { ConfigSpec } from '../../decode/codecs/config/config-spec'
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../../model'
import { decodeAt } from '../../schema/problems'

import { crds } from './crds'

const at = (value: unknown, ...path: ReadonlyArray<string | number>): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      isJsonArray(inner) ? inner[Number(key)] : isJsonObject(inner) ? inner[key] : undefined,
    value,
  )

const schemaOf = (crd: JsonObject): JsonObject =>
  at(crd, 'spec', 'versions', 0, 'schema', 'openAPIV3Schema') as JsonObject

const children = (schema: JsonObject): ReadonlyArray<Json> => [
  ...(isJsonObject(schema['properties']) ? Object.values(schema['properties']) : []),
  ...['items', 'additionalProperties'].flatMap((key) => schema[key] ?? []),
]

const everySchema = (schema: JsonObject): ReadonlyArray<JsonObject> => [
  schema,
  ...children(schema).filter(isJsonObject).flatMap(everySchema),
]

const [CONFIG, PRUNER] = crds() as unknown as [JsonObject, JsonObject]

const spec = (...path: ReadonlyArray<string>): unknown =>
  at(schemaOf(CONFIG), 'properties', 'spec', ...path.flatMap((name) => ['properties', name]))

const status = (...path: ReadonlyArray<string>): unknown =>
  at(schemaOf(CONFIG), 'properties', 'status', ...path.flatMap((name) => ['properties', name]))

describe('the definitions', () => {
  test('are of the kinds that the original defines', () => {
    expect([CONFIG, PRUNER].map((crd) => at(crd, 'metadata', 'name'))).toEqual([
      'configs.imageregistry.operator.openshift.io',
      'imagepruners.imageregistry.operator.openshift.io',
    ])
    expect(at(CONFIG, 'spec', 'names')).toMatchObject({
      kind: 'Config',
      listKind: 'ConfigList',
      plural: 'configs',
      singular: 'config',
    })
    expect(at(CONFIG, 'metadata', 'annotations', 'api-approved.openshift.io')).toBe(
      'https://github.com/openshift/api/pull/519',
    )
    expect(at(PRUNER, 'metadata', 'annotations', 'api-approved.openshift.io')).toBe(
      'https://github.com/openshift/api/pull/555',
    )
  })

  test.each([CONFIG, PRUNER])('serve and store one version with a status of its own', (crd) => {
    expect(at(crd, 'spec', 'versions')).toEqual([
      expect.objectContaining({
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
      }),
    ])
    expect(schemaOf(crd)['required']).toEqual(['metadata', 'spec'])
  })

  test.each([CONFIG, PRUNER])('are structural', (crd) => {
    everySchema(schemaOf(crd)).forEach((schema) => {
      const isIntOrString = schema['x-kubernetes-int-or-string'] === true
      expect(isIntOrString || typeof schema['type'] === 'string').toBe(true)
      expect('properties' in schema && 'additionalProperties' in schema).toBe(false)
      if (schema['type'] === 'array') expect(schema['items']).toBeDefined()
    })
  })

  test.each([CONFIG, PRUNER])('have list keys that the items require', (crd) => {
    const lists = everySchema(schemaOf(crd)).filter(
      (schema) => schema['x-kubernetes-list-type'] === 'map',
    )
    lists.forEach((list) =>
      expect(at(list, 'items', 'required')).toEqual(
        expect.arrayContaining([...(list['x-kubernetes-list-map-keys'] as ReadonlyArray<string>)]),
      ),
    )
  })

  test('let negative replicas reach the operator, which says what is wrong with them', () => {
    expect(spec('replicas')).toMatchObject({ type: 'integer', format: 'int32' })
    expect(spec('replicas')).not.toHaveProperty('minimum')
    expect(at(CONFIG, 'spec', 'versions', 0, 'subresources')).not.toHaveProperty('scale')
  })

  test('say what the original says of each field', () => {
    expect(at(spec(), 'required')).toEqual(['replicas'])
    expect(spec('managementState')).toMatchObject({
      type: 'string',
      pattern: '^(Managed|Unmanaged|Force|Removed)$',
    })
    expect(spec('logLevel')).toMatchObject({
      default: 'Normal',
      enum: ['', 'Normal', 'Debug', 'Trace', 'TraceAll'],
    })
    expect(spec('observedConfig')).toMatchObject({
      type: 'object',
      nullable: true,
      'x-kubernetes-preserve-unknown-fields': true,
    })
    expect(spec('requests')).toMatchObject({ 'x-kubernetes-map-type': 'atomic' })
    expect(spec('routes')).toMatchObject({ 'x-kubernetes-list-type': 'atomic' })
    expect(spec('storage', 's3', 'chunkSizeMiB')).toMatchObject({ minimum: 5, maximum: 5120 })
    expect(spec('storage', 'azure', 'networkAccess')).toMatchObject({
      default: { type: 'External' },
      'x-kubernetes-validations': [
        {
          rule: "has(self.type) && self.type == 'Internal' ? true : !has(self.internal)",
          message: 'internal is forbidden when type is not Internal',
        },
      ],
    })
    expect(at(spec('storage', 'oss', 'encryption'), 'x-kubernetes-validations')).toHaveLength(1)
    expect(at(status('storage', 'oss', 'encryption'), 'x-kubernetes-validations')).toBeUndefined()
    expect(at(status(), 'required')).toEqual(['storage', 'storageManaged'])
    expect(status('conditions')).toMatchObject({
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
    })
    expect(status('latestAvailableRevision')).toMatchObject({
      'x-kubernetes-validations': [{ rule: 'self >= oldSelf', message: 'must only increase' }],
    })
  })

  test('show what matters in a table', () => {
    const columns = at(CONFIG, 'spec', 'versions', 0, 'additionalPrinterColumns')
    const shown = (columns as ReadonlyArray<JsonObject>).filter((column) => !column['priority'])
    expect(shown.map(({ name }) => name)).toEqual([
      'State',
      'Replicas',
      'Running',
      'Ready',
      'Reason',
      'Age',
    ])
  })
})

describe('the examples published with the API', () => {
  const azure = (internal?: JsonObject) => ({
    replicas: 1,
    storage: { azure: { networkAccess: { type: 'Internal', ...(internal && { internal }) } } },
  })
  const chunk = (chunkSizeMiB?: number) => ({
    replicas: 1,
    storage: { s3: chunkSizeMiB === undefined ? {} : { chunkSizeMiB } },
  })
  const decoded = (value: Json) => decodeAt(ConfigSpec, 'spec', value)

  test('get their defaults', () => {
    expect(decoded({ replicas: 1 })).toEqual(
      E.right({ replicas: 1, logLevel: 'Normal', operatorLogLevel: 'Normal' }),
    )
    expect(decoded({ replicas: 1, storage: { azure: {} } })).toMatchObject(
      E.right({ storage: { azure: { networkAccess: { type: 'External' } } } }),
    )
  })

  test.each([
    azure(),
    azure({}),
    azure({
      networkResourceGroupName: 'group',
      vnetName: 'net',
      subnetName: 'sub',
      privateEndpointName: 'end',
    }),
    chunk(),
    chunk(10),
  ])('accept %j', (value) => {
    expect(E.isRight(decoded(value))).toBe(true)
  })

  test.each([
    ['spec.storage.azure.networkAccess.internal.vnetName', azure({ vnetName: '.invalid' })],
    ['spec.storage.azure.networkAccess.internal.subnetName', azure({ subnetName: '.invalid' })],
    [
      'spec.storage.azure.networkAccess.internal.networkResourceGroupName',
      azure({ networkResourceGroupName: 'invalid.' }),
    ],
    [
      'spec.storage.azure.networkAccess',
      { replicas: 1, storage: { azure: { networkAccess: { internal: {} } } } },
    ],
    [
      'spec.storage.oss.encryption',
      { replicas: 1, storage: { oss: { encryption: { method: 'KMS' } } } },
    ],
    [
      'spec.storage.oss.encryption',
      { replicas: 1, storage: { oss: { encryption: { kms: { keyID: 'x' } } } } },
    ],
    ['spec.storage.s3.chunkSizeMiB', chunk(2)],
    ['spec.storage.s3.chunkSizeMiB', chunk(6000)],
    ['spec.storage.s3.chunkSizeMiB', chunk(19.5)],
  ])('refuse %s in %j', (path, value) => {
    expect(decoded(value)).toMatchObject(E.left([{ path }]))
  })
})
