/** One field of a Config with another value. */
export type SingleChange = Readonly<{
  /** As `field: value`, for people. */
  name: string
  /** A merge patch of the spec. */
  to: object
  /** The patch that takes it back. */
  back: object
  /** Most writes that taking it back may cost, where that is more than a change that leaves the registry available. */
  maxWritesBack?: number
}>

/** What the changes begin with. */
export const plainSpec = {
  managementState: 'Managed',
  replicas: 1,
  logLevel: 'Normal',
  operatorLogLevel: 'Normal',
  rolloutStrategy: 'RollingUpdate',
  storage: { managementState: 'Managed', emptyDir: {} },
}

const labelled = (field: string, value: unknown): string => `${field}: ${JSON.stringify(value)}`

/** A field that is not set otherwise; dots lead into objects. */
const set = (field: string, value: unknown): SingleChange => {
  const nested = (leaf: unknown): object =>
    field.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), leaf) as object
  return { name: labelled(field, value), to: nested(value), back: nested(null) }
}

/** A field that has another value otherwise. */
const changed = (field: keyof typeof plainSpec, value: unknown): SingleChange => ({
  name: labelled(field, value),
  to: { [field]: value },
  back: { [field]: plainSpec[field] },
})

const limits = (kind: string): ReadonlyArray<SingleChange> => [
  set(`requests.${kind}.maxRunning`, 10),
  set(`requests.${kind}.maxInQueue`, 20),
  set(`requests.${kind}.maxWaitInQueue`, '30s'),
]

/** A certificate for a route stands in a Secret of this name. */
export const ROUTE_SECRET = 'my-route-tls'

/** A change of every field of a Config that works on emptyDir. What the registry's removal takes is another story. */
export const singleChanges: ReadonlyArray<SingleChange> = [
  changed('replicas', 2),
  changed('replicas', 3),
  // Back again the registry is not available at first: the Config and the ClusterOperator say so, and an Event when it is.
  { ...changed('replicas', 0), maxWritesBack: 6 },
  changed('logLevel', 'Debug'),
  changed('logLevel', 'Trace'),
  changed('logLevel', 'TraceAll'),
  changed('operatorLogLevel', 'Debug'),
  changed('operatorLogLevel', 'TraceAll'),
  changed('rolloutStrategy', 'Recreate'),
  changed('managementState', 'Unmanaged'),
  set('logging', 4),
  set('defaultRoute', true),
  set('routes', [{ name: 'one' }]),
  set('routes', [{ name: 'one', hostname: 'one.example.com' }]),
  set('routes', [{ name: 'one', hostname: 'one.example.com', secretName: ROUTE_SECRET }]),
  set('routes', [{ name: 'one' }, { name: 'two' }]),
  set('disableRedirect', true),
  set('readOnly', true),
  set('httpSecret', 'not really a secret'),
  set('proxy.http', 'http://proxy.example.com:3128'),
  set('proxy.https', 'http://proxy.example.com:3129'),
  set('proxy.noProxy', '.example.org'),
  ...limits('read'),
  ...limits('write'),
  set('resources', { requests: { cpu: '200m' } }),
  set('resources', { limits: { memory: '1Gi' }, requests: { memory: '512Mi' } }),
  set('nodeSelector', { 'kubernetes.io/arch': 'amd64' }),
  set('nodeSelector', {}),
  set('tolerations', [{ operator: 'Exists' }]),
  set('tolerations', []),
  set('affinity', {
    nodeAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 50,
          preference: {
            matchExpressions: [
              { key: 'kubernetes.io/hostname', operator: 'In', values: ['worker-0'] },
            ],
          },
        },
      ],
    },
  }),
  set('topologySpreadConstraints', [
    { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
  ]),
  set('unsupportedConfigOverrides', { deployment: { annotations: { 'example.com/a': 'b' } } }),
  // Where nothing stands there the operator decides, writes it into the Config, and tells people what it changed.
  { ...set('observedConfig.servingInfo.minTLSVersion', 'VersionTLS13'), maxWritesBack: 6 },
  {
    name: 'storage.managementState: "Unmanaged"',
    to: { storage: { managementState: 'Unmanaged' } },
    back: { storage: { managementState: 'Managed' } },
  },
  {
    name: 'storage: {"pvc":{"claim":"my-claim"}}',
    to: { storage: { emptyDir: null, pvc: { claim: 'my-claim' } } },
    back: { storage: { pvc: null, emptyDir: {} } },
  },
]
