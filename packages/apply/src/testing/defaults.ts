import {
  textOf,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
} from '@image-registry-operator/render/model'

/** What the API server fills in for built-in kinds that this operator writes. Others are stored as they come. */
type Change = (value: JsonObject) => JsonObject

const under =
  (name: string, change: Change): Change =>
  (value) => {
    const field = value[name]
    return isJsonObject(field) ? { ...value, [name]: change(field) } : value
  }

const each =
  (name: string, change: Change): Change =>
  (value) => {
    const list = value[name]
    return isJsonArray(list)
      ? { ...value, [name]: list.map((item) => (isJsonObject(item) ? change(item) : item)) }
      : value
  }

const or =
  (defaults: JsonObject): Change =>
  (value) => ({ ...defaults, ...value })

const inOrder =
  (...changes: ReadonlyArray<Change>): Change =>
  (value) =>
    changes.reduce((changed, change) => change(changed), value)

const probe = inOrder(
  or({ timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }),
  under('httpGet', or({ scheme: 'HTTP', path: '/' })),
)

const pullPolicy: Change = (container) => {
  const image = textOf(container['image'])
  const latest = !image.includes('@') && (!/:[^/]+$/.test(image) || image.endsWith(':latest'))
  return or({ imagePullPolicy: latest ? 'Always' : 'IfNotPresent' })(container)
}

const container = inOrder(
  or({
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    resources: {},
  }),
  pullPolicy,
  each('ports', or({ protocol: 'TCP' })),
  each('env', under('valueFrom', under('fieldRef', or({ apiVersion: 'v1' })))),
  under('livenessProbe', probe),
  under('readinessProbe', probe),
  under('startupProbe', probe),
)

const volume = inOrder(
  under('secret', or({ defaultMode: 420 })),
  under('configMap', or({ defaultMode: 420 })),
  under('projected', or({ defaultMode: 420 })),
)

const sameAccount: Change = (spec) => {
  const account = spec['serviceAccountName'] ?? spec['serviceAccount']
  return account === undefined
    ? spec
    : { ...spec, serviceAccountName: account, serviceAccount: account }
}

const podSpec = inOrder(
  or({
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    terminationGracePeriodSeconds: 30,
    securityContext: {},
  }),
  sameAccount,
  each('containers', container),
  each('initContainers', container),
  each('volumes', volume),
)

const rollingUpdate: Change = (strategy) =>
  strategy['type'] === 'RollingUpdate'
    ? inOrder(
        or({ rollingUpdate: {} }),
        under('rollingUpdate', or({ maxUnavailable: '25%', maxSurge: '25%' })),
      )(strategy)
    : strategy

const deployment = under(
  'spec',
  inOrder(
    or({ replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, strategy: {} }),
    under('strategy', inOrder(or({ type: 'RollingUpdate' }), rollingUpdate)),
    under('template', under('spec', podSpec)),
  ),
)

const servicePort: Change = (port) => or({ protocol: 'TCP', targetPort: port['port'] ?? 0 })(port)

const service = under(
  'spec',
  inOrder(
    or({
      type: 'ClusterIP',
      sessionAffinity: 'None',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
    }),
    each('ports', servicePort),
  ),
)

const networkPolicy = under(
  'spec',
  inOrder(
    (spec) =>
      or({ policyTypes: spec['egress'] === undefined ? ['Ingress'] : ['Ingress', 'Egress'] })(spec),
    each('ingress', each('ports', or({ protocol: 'TCP' }))),
    each('egress', each('ports', or({ protocol: 'TCP' }))),
  ),
)

const binding = inOrder(
  under('roleRef', or({ apiGroup: 'rbac.authorization.k8s.io' })),
  each('subjects', (subject) =>
    subject['kind'] === 'ServiceAccount'
      ? subject
      : or({ apiGroup: 'rbac.authorization.k8s.io' })(subject),
  ),
)

const base64 = (text: Json): Json =>
  typeof text === 'string' ? Buffer.from(text).toString('base64') : text

const secret: Change = ({ stringData, ...rest }) => {
  const typed = or({ type: 'Opaque' })(rest)
  if (!isJsonObject(stringData)) return typed
  const data = isJsonObject(typed['data']) ? typed['data'] : {}
  const added = Object.fromEntries(
    Object.entries(stringData).map(([key, text]) => [key, base64(text)]),
  )
  return { ...typed, data: { ...data, ...added } }
}

const definition = inOrder(
  under(
    'spec',
    inOrder(
      or({ conversion: { strategy: 'None' } }),
      under('names', (names) =>
        or({
          singular: textOf(names['kind']).toLowerCase(),
          listKind: `${textOf(names['kind'])}List`,
        })(names),
      ),
    ),
  ),
)

const DEFAULTS: { readonly [kind: string]: Change } = {
  Deployment: deployment,
  Service: service,
  PersistentVolumeClaim: inOrder(
    under('spec', or({ volumeMode: 'Filesystem' })),
    or({ status: { phase: 'Pending' } }),
  ),
  NetworkPolicy: networkPolicy,
  ClusterRoleBinding: binding,
  RoleBinding: binding,
  Secret: secret,
  CustomResourceDefinition: definition,
  Namespace: or({ spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } }),
}

/** The object with what the API server would have filled in. */
export const withBuiltInDefaults = (kind: string, object: JsonObject): JsonObject =>
  DEFAULTS[kind]?.(object) ?? object
