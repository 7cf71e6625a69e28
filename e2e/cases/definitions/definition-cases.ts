/** What a definition has to say to one object. */
export type DefinitionCase = Readonly<{
  /** What is true of it, as a sentence about the definition. */
  it: string
  spec: unknown
  /** The spec that is stored; or a part of the message with which the object is refused. */
  stored?: unknown
  refused?: string
}>

type Spec = Readonly<Record<string, unknown>>

const defaults = { logLevel: 'Normal', operatorLogLevel: 'Normal' }

/** Stored as it was sent, but for the levels. */
const kept = (it: string, spec: Spec): DefinitionCase => ({
  it,
  spec: { replicas: 1, ...spec },
  stored: { ...defaults, replicas: 1, ...spec },
})

const changed = (it: string, spec: Spec, stored: Spec): DefinitionCase => ({
  it,
  spec: { replicas: 1, ...spec },
  stored: { ...defaults, replicas: 1, ...stored },
})

const refused = (it: string, spec: Spec, message: string): DefinitionCase => ({
  it,
  spec: { replicas: 1, ...spec },
  refused: message,
})

const s3 = (fields: Spec): Spec => ({ storage: { s3: fields } })
const ibmcos = (fields: Spec): Spec => ({ storage: { ibmcos: fields } })
const oss = (fields: Spec): Spec => ({ storage: { oss: fields } })
const azure = (fields: Spec): Spec => ({ storage: { azure: fields } })
const network = (fields: Spec): Spec => azure({ networkAccess: { type: 'Internal', ...fields } })
const internal = (fields: Spec): Spec => network({ internal: fields })

const levels: ReadonlyArray<DefinitionCase> = [
  kept('sets both levels', {}),
  {
    it: 'leaves levels alone that are set',
    spec: { replicas: 1, logLevel: '', operatorLogLevel: 'TraceAll' },
    stored: { replicas: 1, logLevel: '', operatorLogLevel: 'TraceAll' },
  },
  refused('refuses a level that means nothing', { operatorLogLevel: 'Loud' }, 'operatorLogLevel'),
  { it: 'asks for a number of replicas', spec: {}, refused: 'spec.replicas' },
  kept('lets negative replicas through to the operator', { replicas: -1 }),
]

const words: ReadonlyArray<DefinitionCase> = [
  ...['Managed', 'Unmanaged', 'Force', 'Removed'].map((managementState) =>
    kept(`knows the state ${managementState}`, { managementState }),
  ),
  refused('refuses another state', { managementState: 'managed' }, 'spec.managementState'),
  refused('refuses an empty state', { managementState: '' }, 'spec.managementState'),
  kept('knows the strategy Recreate', { rolloutStrategy: 'Recreate' }),
  refused('refuses another strategy', { rolloutStrategy: 'OnDelete' }, 'spec.rolloutStrategy'),
  refused(
    'refuses a state of the storage that is none',
    { storage: { managementState: 'Removed' } },
    'spec.storage.managementState',
  ),
]

const anything: ReadonlyArray<DefinitionCase> = [
  kept('keeps whatever is in what was observed and in overrides', {
    observedConfig: { servingInfo: { cipherSuites: ['A'] } },
    unsupportedConfigOverrides: { deployment: { annotations: { a: 'b' } } },
  }),
  kept('takes null for either', { observedConfig: null, unsupportedConfigOverrides: null }),
  changed('drops what it does not know', { replicsa: 2 }, {}),
]

const requests: ReadonlyArray<DefinitionCase> = [
  kept('takes limits on requests', {
    requests: {
      read: { maxRunning: 1, maxInQueue: 2, maxWaitInQueue: '3s' },
      write: { maxRunning: -4 },
    },
  }),
  refused(
    'refuses a waiting time that is none',
    { requests: { read: { maxWaitInQueue: 'soon' } } },
    'spec.requests.read.maxWaitInQueue',
  ),
  refused(
    'asks for the name of a route',
    { routes: [{ hostname: 'a.example.com' }] },
    'spec.routes[0].name',
  ),
]

const buckets: ReadonlyArray<DefinitionCase> = [
  kept('takes a chunk size', s3({ bucket: 'b', region: 'r', chunkSizeMiB: 10 })),
  kept('does without a chunk size', s3({ bucket: 'b', region: 'r' })),
  kept('takes the smallest chunk size', s3({ chunkSizeMiB: 5 })),
  kept('takes the largest chunk size', s3({ chunkSizeMiB: 5120 })),
  refused('refuses a smaller one', s3({ chunkSizeMiB: 2 }), 'greater than or equal to 5'),
  refused('refuses a larger one', s3({ chunkSizeMiB: 6000 }), 'less than or equal to 5120'),
  refused('refuses a fraction of one', s3({ chunkSizeMiB: 19.5 }), 'must be of type integer'),
  kept('takes no authority', s3({ trustedCA: { name: '' } })),
  kept('takes the name of an authority', s3({ trustedCA: { name: 'my.ca-1' } })),
  refused('refuses a name that is none', s3({ trustedCA: { name: 'My_CA' } }), 'trustedCA.name'),
  refused('asks for the key of CloudFront', s3({ cloudFront: { baseURL: 'u' } }), 'keypairID'),
  changed(
    'names the Secret of CloudFront by default nothing',
    s3({ cloudFront: { baseURL: 'u', keypairID: 'k', privateKey: { key: 'pem' } } }),
    s3({ cloudFront: { baseURL: 'u', keypairID: 'k', privateKey: { key: 'pem', name: '' } } }),
  ),
  kept(
    'takes the names of IBM Cloud',
    ibmcos({
      serviceInstanceCRN: 'crn:v1:bluemix:public:cloud-object-storage:global:a/1:2::',
      resourceKeyCRN: 'crn:v1:bluemix:public:cloud-object-storage:global:a/1:2:resource-key:3',
    }),
  ),
  refused(
    'refuses a service instance that is none',
    ibmcos({ serviceInstanceCRN: 'crn:v1' }),
    'serviceInstanceCRN',
  ),
  refused('refuses a key that is none', ibmcos({ resourceKeyCRN: 'crn:v1' }), 'resourceKeyCRN'),
]

const azures: ReadonlyArray<DefinitionCase> = [
  changed(
    'lets accounts be reached from outside by default',
    azure({}),
    azure({ networkAccess: { type: 'External' } }),
  ),
  kept('lets them be reached from inside only', network({})),
  kept(
    'takes the names of a private way',
    internal({
      networkResourceGroupName: '.my.resource_group-name',
      vnetName: 'foo-bar',
      subnetName: 'bar_foo',
      privateEndpointName: 'my-private-endpoint',
    }),
  ),
  ...['vnetName', 'subnetName', 'privateEndpointName'].map((name) =>
    refused(`refuses a ${name} that begins with a dot`, internal({ [name]: '.invalid' }), name),
  ),
  refused(
    'refuses a resource group that ends with a dot',
    internal({ networkResourceGroupName: 'invalid.' }),
    'networkResourceGroupName',
  ),
  refused('refuses a network of one letter', internal({ vnetName: 'a' }), 'vnetName'),
  kept('takes a subnet of one letter', internal({ subnetName: 'a' })),
  refused(
    'refuses a private way to what is reached from outside',
    azure({ networkAccess: { type: 'External', internal: {} } }),
    'internal is forbidden when type is not Internal',
  ),
  refused('refuses a third kind of access', network({ type: 'Both' }), 'networkAccess.type'),
  refused('refuses a container of two letters', azure({ container: 'ab' }), 'azure.container'),
  refused('refuses a container in capitals', azure({ container: 'Images' }), 'azure.container'),
]

const osses: ReadonlyArray<DefinitionCase> = [
  changed('fills in the access of OSS', oss({}), oss({ endpointAccessibility: 'Internal' })),
  changed(
    'fills in the encryption of OSS',
    oss({ encryption: {} }),
    oss({ endpointAccessibility: 'Internal', encryption: { method: 'AES256' } }),
  ),
  refused('asks for a key for KMS', oss({ encryption: { method: 'KMS' } }), 'oss.encryption'),
  refused(
    'refuses a key without KMS',
    oss({ encryption: { method: 'AES256', kms: { keyID: 'k' } } }),
    'oss.encryption',
  ),
  refused(
    'refuses an empty key',
    oss({ encryption: { method: 'KMS', kms: { keyID: '' } } }),
    'keyID',
  ),
]

/** What the definition of a Config has to accept, to fill in and to refuse. */
export const configCases: ReadonlyArray<DefinitionCase> = [
  ...levels,
  ...words,
  ...anything,
  ...requests,
  ...buckets,
  ...azures,
  ...osses,
]

/** The same of an ImagePruner. */
export const prunerCases: ReadonlyArray<DefinitionCase> = [
  { it: 'sets the level', spec: {}, stored: { logLevel: 'Normal' } },
  {
    it: 'takes a schedule, limits and both kinds of age',
    spec: {
      schedule: '*/5 * * * *',
      suspend: true,
      keepTagRevisions: 5,
      keepYoungerThan: 60_000_000_000,
      keepYoungerThanDuration: '1h30m',
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 0,
      ignoreInvalidImageReferences: true,
    },
    stored: {
      logLevel: 'Normal',
      schedule: '*/5 * * * *',
      suspend: true,
      keepTagRevisions: 5,
      keepYoungerThan: 60_000_000_000,
      keepYoungerThanDuration: '1h30m',
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 0,
      ignoreInvalidImageReferences: true,
    },
  },
  { it: 'refuses a level that means nothing', spec: { logLevel: 'Loud' }, refused: 'logLevel' },
  {
    it: 'refuses an age that is none',
    spec: { keepYoungerThanDuration: 'young' },
    refused: 'keepYoungerThanDuration',
  },
  {
    it: 'refuses a text for a number',
    spec: { keepTagRevisions: '3' },
    refused: 'of type integer',
  },
]
