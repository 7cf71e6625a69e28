import { isJsonArray, isJsonObject, type Json, type JsonObject, type KubeObject } from '../../model'

type Default = readonly [path: string, value: Json | ((parent: JsonObject) => Json | undefined)]

const isNumber = (value: Json): value is number => typeof value === 'number'

/** Quantities are texts, whoever wrote them as what. */
const withTextsFor = (value: Json, isQuantity: boolean): Json => {
  if (isJsonArray(value)) return value.map((item) => withTextsFor(item, false))
  if (!isJsonObject(value)) return isQuantity && isNumber(value) ? `${value}` : value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      withTextsFor(inner, isQuantity || key === 'requests' || key === 'limits'),
    ]),
  )
}

const container = (at: string): ReadonlyArray<Default> => [
  [`${at}.imagePullPolicy`, 'IfNotPresent'],
  [`${at}.resources`, {}],
  [`${at}.terminationMessagePath`, '/dev/termination-log'],
  [`${at}.terminationMessagePolicy`, 'File'],
  [`${at}.ports.*.protocol`, 'TCP'],
  ...['livenessProbe', 'readinessProbe'].flatMap((probe): ReadonlyArray<Default> => [
    [`${at}.${probe}.failureThreshold`, 3],
    [`${at}.${probe}.periodSeconds`, 10],
    [`${at}.${probe}.successThreshold`, 1],
    [`${at}.${probe}.timeoutSeconds`, 1],
  ]),
]

const pod = (at: string): ReadonlyArray<Default> => [
  [`${at}.dnsPolicy`, 'ClusterFirst'],
  [`${at}.restartPolicy`, 'Always'],
  [`${at}.schedulerName`, 'default-scheduler'],
  [`${at}.securityContext`, {}],
  [`${at}.serviceAccount`, ({ serviceAccountName }) => serviceAccountName],
  [`${at}.terminationGracePeriodSeconds`, 30],
  [`${at}.volumes.*.configMap.defaultMode`, 420],
  [`${at}.volumes.*.secret.defaultMode`, 420],
  [`${at}.volumes.*.projected.defaultMode`, 420],
  [`${at}.volumes.*.projected.sources.*.serviceAccountToken.expirationSeconds`, 3600],
  [`${at}.volumes.*.hostPath.type`, ''],
  ...container(`${at}.containers.*`),
]

/** What the API server fills in where the operator says nothing, by kind; `*` stands for every item of a list. */
const DEFAULTS: { readonly [kind: string]: ReadonlyArray<Default> } = {
  Deployment: [['spec.revisionHistoryLimit', 10], ...pod('spec.template.spec')],
  DaemonSet: [
    ['spec.revisionHistoryLimit', 10],
    ['spec.updateStrategy.rollingUpdate.maxSurge', 0],
    ...pod('spec.template.spec'),
  ],
  CronJob: pod('spec.jobTemplate.spec.template.spec'),
  PersistentVolumeClaim: [
    ['metadata.finalizers', ['kubernetes.io/pvc-protection']],
    ['spec.volumeMode', 'Filesystem'],
    // Those of the class that is marked as the default.
    ['spec.storageClassName', 'shared'],
  ],
  Route: [
    ['spec.to.weight', 100],
    ['spec.wildcardPolicy', 'None'],
  ],
  Secret: [['type', 'Opaque']],
  Service: [
    ['spec.internalTrafficPolicy', 'Cluster'],
    ['spec.ipFamilies', ['IPv4']],
    ['spec.ipFamilyPolicy', 'SingleStack'],
    ['spec.sessionAffinity', 'None'],
    ['spec.type', 'ClusterIP'],
  ],
  Config: [
    ['spec.logLevel', 'Normal'],
    ['spec.operatorLogLevel', 'Normal'],
  ],
  ImagePruner: [['spec.logLevel', 'Normal']],
}

const defaulted = (value: Json, [key, ...rest]: ReadonlyArray<string>, what: Default[1]): Json => {
  if (key === undefined) return value
  if (key === '*') {
    return isJsonArray(value) ? value.map((item) => defaulted(item, rest, what)) : value
  }
  if (!isJsonObject(value)) return value
  const inner = value[key]
  if (inner !== undefined) return { ...value, [key]: defaulted(inner, rest, what) }
  const filled = typeof what === 'function' ? what(value) : what
  return rest.length > 0 || filled === undefined ? value : { ...value, [key]: filled }
}

/** What the API server has types for leaves out lists that are empty. */
const withoutEmptyLists = (value: Json): Json => {
  if (isJsonArray(value)) return value.map(withoutEmptyLists)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => !isJsonArray(inner) || inner.length > 0)
      .map(([key, inner]) => [key, withoutEmptyLists(inner)]),
  )
}

/** Custom resources are kept as they were written. */
const isCustom = ({ apiVersion }: KubeObject): boolean => apiVersion.includes('openshift.io/')

/** The object with what the API server fills in. */
export const withDefaults = (object: KubeObject): KubeObject =>
  (DEFAULTS[object.kind] ?? []).reduce<Json>(
    (value, [path, what]) => defaulted(value, path.split('.'), what),
    isCustom(object) ? object : withoutEmptyLists(withTextsFor(object, false)),
    // Nothing that identifies the object has a default.
  ) as KubeObject
