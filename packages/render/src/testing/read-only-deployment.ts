import { type JsonObject, type KubeObject, names, type PruningFacts } from '../model'

/** Who holds the variable, as `managedFields` say it. */
const heldBy = (manager: string): JsonObject => ({
  manager,
  operation: 'Apply',
  fieldsType: 'FieldsV1',
  fieldsV1: {
    'f:spec': {
      'f:template': {
        'f:spec': {
          'f:containers': {
            'k:{"name":"registry"}': {
              'f:env': { [`k:{"name":"${names.READ_ONLY_VARIABLE}"}`]: { '.': {}, 'f:name': {} } },
            },
          },
        },
      },
    },
  },
})

const managedFields = (holder: string): ReadonlyArray<JsonObject> => [
  ...(holder === names.FIELD_MANAGER
    ? []
    : [
        {
          manager: names.FIELD_MANAGER,
          operation: 'Apply',
          fieldsV1: { 'f:spec': { 'f:replicas': {} } },
        },
      ]),
  heldBy(holder),
]

/** The registry's Deployment, ours, that tells its pods to take no pushes; `holder`: who holds that. */
export const readOnlyDeployment = (holder: string = names.FIELD_MANAGER): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: names.REGISTRY_NAME,
    namespace: names.REGISTRY_NAMESPACE,
    uid: 'd',
    resourceVersion: '9',
    annotations: { [names.CHECKSUM_ANNOTATION]: 'sha256:0' },
    managedFields: [...managedFields(holder)],
  },
  spec: {
    replicas: 1,
    template: {
      spec: {
        containers: [
          { name: 'sidecar' },
          {
            name: 'registry',
            env: [
              { name: 'REGISTRY_LOG_LEVEL', value: 'info' },
              { name: names.READ_ONLY_VARIABLE, value: names.READ_ONLY_VARIABLE_VALUE },
            ],
          },
        ],
      },
    },
  },
})

/** A clean-up whose one Job that deletes garbage is in this state, an hour after it was made at 11:30. */
export const collecting = (state: 'unfinished' | 'succeeded'): PruningFacts => ({
  hasCronJob: true,
  collecting: [
    {
      name: 'image-pruner-collect-1',
      uid: '1',
      state,
      madeAt: '2026-01-01T11:30:00Z',
      endedAt: '',
      deadlineSeconds: 3600,
      message: '',
    },
  ],
})
