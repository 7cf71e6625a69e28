import { describe, expect, it } from 'vitest'

import { isJsonArray, isJsonObject, type Json, type KubeObject } from '../model'
import { installManifests } from './install-manifests'
import type { InstallOptions } from './install-options'
import { PROFILES } from './release-annotations'

const release = {
  registryImage: 'registry',
  operatorImage: 'operator',
  prunerImage: 'cli',
  version: '4.22.1',
  imageVersion: '',
}

const OPENSHIFT: InstallOptions = {
  release,
  platform: 'OpenShift',
  profile: 'self-managed-high-availability',
  monitoring: false,
}
const KUBERNETES: InstallOptions = { ...OPENSHIFT, platform: 'Kubernetes' }

const identity = ({ kind, metadata }: KubeObject): string =>
  `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`

const identities = (options: InstallOptions): ReadonlyArray<string> =>
  installManifests(options).map(identity)

const found = (options: InstallOptions, wanted: string): KubeObject | undefined =>
  installManifests(options).find((object) => identity(object) === wanted)

const at = (value: unknown, ...path: ReadonlyArray<string | number>): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      isJsonArray(inner) ? inner[Number(key)] : isJsonObject(inner) ? inner[key] : undefined,
    value,
  )

const NS = 'openshift-image-registry'
const OPERATOR = `Deployment ${NS}/cluster-image-registry-operator`

const ofKind = (kind: string): ReadonlyArray<KubeObject> =>
  installManifests(OPENSHIFT).filter((object) => object.kind === kind)

const annotationsOf = (wanted: string): unknown => found(OPENSHIFT, wanted)?.metadata.annotations

const INCLUDED = Object.fromEntries(
  PROFILES.map((profile) => [`include.release.openshift.io/${profile}`, 'true']),
)
const BASE = { 'capability.openshift.io/name': 'ImageRegistry', ...INCLUDED }

describe('what is installed on OpenShift', () => {
  it('is what the release tooling finds in the original', () => {
    expect([...identities(OPENSHIFT)].sort()).toEqual(
      [
        'CustomResourceDefinition configs.imageregistry.operator.openshift.io',
        'CustomResourceDefinition imagepruners.imageregistry.operator.openshift.io',
        `Namespace ${NS}`,
        `ServiceAccount ${NS}/cluster-image-registry-operator`,
        `ServiceAccount ${NS}/node-ca`,
        `ConfigMap ${NS}/trusted-ca`,
        `ConfigMap ${NS}/image-registry-operator-config`,
        `Service ${NS}/image-registry-operator`,
        `Role ${NS}/node-ca`,
        `RoleBinding ${NS}/node-ca`,
        'ClusterRole cluster-image-registry-operator',
        'ClusterRoleBinding default-account-cluster-image-registry-operator',
        ...[NS, 'openshift-config', 'openshift-config-managed'].flatMap((namespace) => [
          `Role ${namespace}/cluster-image-registry-operator`,
          `RoleBinding ${namespace}/cluster-image-registry-operator`,
        ]),
        `NetworkPolicy ${NS}/default-deny-all`,
        `NetworkPolicy ${NS}/image-registry-operator-networkpolicy`,
        ...['', '-azure', '-gcs', '-ibmcos', '-ibmcos-powervs', '-openstack'].map(
          (cloud) =>
            `CredentialsRequest openshift-cloud-credential-operator/openshift-image-registry${cloud}`,
        ),
        `ServiceMonitor ${NS}/image-registry`,
        `ServiceMonitor ${NS}/image-registry-operator`,
        'ClusterRole registry-monitoring',
        'ClusterRoleBinding registry-monitoring',
        `Role ${NS}/prometheus-k8s`,
        `RoleBinding ${NS}/prometheus-k8s`,
        `PrometheusRule ${NS}/image-registry-operator-alerts`,
        `PrometheusRule ${NS}/image-registry-rules`,
        `PrometheusRule ${NS}/imagestreams-rules`,
        OPERATOR,
        'ClusterOperator image-registry',
      ].sort(),
    )
  })

  it('says which kinds of cluster each object is for', () => {
    expect(annotationsOf(`ServiceAccount ${NS}/node-ca`)).toEqual(BASE)
    expect(annotationsOf('ClusterOperator image-registry')).toEqual(BASE)
    expect(annotationsOf(`Namespace ${NS}`)).toEqual({
      ...BASE,
      'openshift.io/node-selector': '',
      'workload.openshift.io/allowed': 'management',
    })
    expect(annotationsOf(`ConfigMap ${NS}/trusted-ca`)).toEqual({
      ...BASE,
      'release.openshift.io/create-only': 'true',
    })
    expect(annotationsOf(`ConfigMap ${NS}/image-registry-operator-config`)).toEqual({
      ...BASE,
      'config.openshift.io/inject-tls': 'true',
    })
    expect(annotationsOf(`Service ${NS}/image-registry-operator`)).toEqual({
      ...BASE,
      'service.alpha.openshift.io/serving-cert-secret-name': 'image-registry-operator-tls',
    })
    for (const { metadata } of ofKind('CredentialsRequest'))
      expect(metadata.annotations).toEqual({
        ...BASE,
        'capability.openshift.io/name': 'ImageRegistry+CloudCredential',
      })
    for (const { metadata } of ofKind('NetworkPolicy'))
      expect(metadata.annotations).toEqual({
        'capability.openshift.io/name': 'ImageRegistry',
        'include.release.openshift.io/self-managed-high-availability': 'true',
        'include.release.openshift.io/single-node-developer': 'true',
      })
  })

  it.each(PROFILES)('has one Deployment in a cluster of profile %s', (profile) => {
    const deployments = identities({ ...OPENSHIFT, profile }).filter((each) => each === OPERATOR)
    expect(deployments).toHaveLength(1)
  })

  it('places the operator on the control plane, unless that runs elsewhere', () => {
    const selector = (profile: InstallOptions['profile']): unknown =>
      at(
        found({ ...OPENSHIFT, profile }, OPERATOR),
        ...['spec', 'template', 'spec', 'nodeSelector'],
      )
    expect(selector('self-managed-high-availability')).toEqual({
      'node-role.kubernetes.io/master': '',
    })
    expect(selector('single-node-developer')).toEqual({ 'node-role.kubernetes.io/master': '' })
    expect(selector('hypershift')).toBeUndefined()
    expect(selector('ibm-cloud-managed')).toBeUndefined()
  })

  it('has both Deployments, and everything else once, in a release', () => {
    const all = identities({ ...OPENSHIFT, profile: 'all' })
    expect(all.filter((each) => each === OPERATOR)).toHaveLength(2)
    expect(new Set(all).size).toBe(all.length - 1)
  })

  it('leaves the network of hosted clusters alone', () => {
    const hosted = identities({ ...OPENSHIFT, profile: 'hypershift' })
    expect(hosted.filter((each) => each.startsWith('NetworkPolicy'))).toEqual([])
  })

  it('restarts the operator with its certificate, its authorities and its settings', () => {
    const container = at(
      found(OPENSHIFT, OPERATOR),
      ...['spec', 'template', 'spec', 'containers', 0],
    )
    expect(at(container, 'args')).toEqual([
      '--files=/var/run/configmaps/trusted-ca/tls-ca-bundle.pem',
      '--files=/etc/secrets/tls.crt',
      '--files=/etc/secrets/tls.key',
      '--files=/var/run/configmaps/image-registry-operator-config/config.yaml',
      '--config=/var/run/configmaps/image-registry-operator-config/config.yaml',
    ])
    expect(at(found(OPENSHIFT, `ConfigMap ${NS}/image-registry-operator-config`), 'data')).toEqual({
      'config.yaml': expect.stringContaining('servingInfo:\n  bindAddress: ":60000"\n'),
    })
  })

  it('tells the operator what to deploy, in the order of the original', () => {
    const env = at(
      found(OPENSHIFT, OPERATOR),
      ...['spec', 'template', 'spec', 'containers', 0, 'env'],
    )
    expect(env).toEqual([
      { name: 'RELEASE_VERSION', value: '4.22.1' },
      { name: 'WATCH_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'OPERATOR_NAME', value: 'cluster-image-registry-operator' },
      { name: 'OPERATOR_IMAGE', value: 'operator' },
      { name: 'IMAGE', value: 'registry' },
      { name: 'IMAGE_PRUNER', value: 'cli' },
      { name: 'AZURE_ENVIRONMENT_FILEPATH', value: '/tmp/azurestackcloud.json' },
      { name: 'OPERATOR_IMAGE_VERSION', value: '4.22.1' },
      {
        name: 'NODE_EXTRA_CA_CERTS',
        value: '/var/run/configmaps/trusted-ca/tls-ca-bundle.pem',
      },
    ])
  })

  it('has the operator trust whom the cluster trusts, and start anew when that changes', () => {
    const container = at(
      found(OPENSHIFT, OPERATOR),
      ...['spec', 'template', 'spec', 'containers', 0],
    )
    const env = at(container, 'env')
    const file = isJsonArray(env)
      ? env.find((one) => at(one, 'name') === 'NODE_EXTRA_CA_CERTS')
      : undefined
    expect(at(container, 'args')).toContain(`--files=${String(at(file, 'value'))}`)
  })

  it('tells the operator which registry it deploys, where that is not plain', () => {
    const told = (options: InstallOptions): unknown => {
      const env = at(found(options, OPERATOR), 'spec', 'template', 'spec', 'containers', 0, 'env')
      return isJsonArray(env)
        ? env.filter((one) => at(one, 'name') === 'REGISTRY_BUILD').map((one) => at(one, 'value'))
        : undefined
    }
    const registry = { _tag: 'Distribution', version: [2, 8] } as const
    expect(told(OPENSHIFT)).toEqual([])
    expect(told({ ...OPENSHIFT, release: { ...release, registry } })).toEqual(['distribution-2.8'])
    expect(told(KUBERNETES)).toEqual(['distribution-3.1'])
    expect(told({ ...KUBERNETES, release: { ...release, registry } })).toEqual(['distribution-2.8'])
  })

  it('mounts nothing that is no volume, and has no volume that is not mounted', () => {
    const spec = at(found(OPENSHIFT, OPERATOR), 'spec', 'template', 'spec')
    const named = (...path: ReadonlyArray<string | number>): ReadonlyArray<unknown> => {
      const list: unknown = at(spec, ...path)
      return isJsonArray(list) ? list.map((item: Json) => at(item, 'name')) : []
    }
    expect(named('volumes')).toHaveLength(6)
    expect(named('containers', 0, 'volumeMounts')).toEqual(named('volumes'))
  })

  it('has the network policies that the original has', () => {
    expect(at(found(OPENSHIFT, `NetworkPolicy ${NS}/default-deny-all`), 'spec')).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    })
    const policy = found(OPENSHIFT, `NetworkPolicy ${NS}/image-registry-operator-networkpolicy`)
    expect(policy?.['spec']).toEqual({
      podSelector: { matchLabels: { name: 'cluster-image-registry-operator' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ ports: [{ port: 60000, protocol: 'TCP' }] }],
      egress: [
        {},
        expect.objectContaining({ ports: [{ port: 6443, protocol: 'TCP' }] }),
        expect.objectContaining({
          ports: [
            { port: 5353, protocol: 'TCP' },
            { port: 5353, protocol: 'UDP' },
          ],
        }),
        expect.objectContaining({ ports: [{ port: 443, protocol: 'TCP' }] }),
      ],
    })
  })

  it('asks each cloud for credentials in one Secret', () => {
    const requests = ofKind('CredentialsRequest')
    for (const { spec } of requests)
      expect(at(spec, 'secretRef')).toEqual({ name: 'installer-cloud-credentials', namespace: NS })
    expect(requests.map(({ spec }) => at(spec, 'providerSpec', 'kind'))).toEqual([
      'AWSProviderSpec',
      'AzureProviderSpec',
      'GCPProviderSpec',
      'IBMCloudProviderSpec',
      'IBMCloudPowerVSProviderSpec',
      'OpenStackProviderSpec',
    ])
    expect(requests.map(({ spec }) => at(spec, 'serviceAccountNames') !== undefined)).toEqual([
      ...[true, true, true],
      ...[false, false, false],
    ])
    const granted = (cloud: number, ...path: ReadonlyArray<string | number>): unknown =>
      at(requests[cloud], 'spec', 'providerSpec', ...path)
    expect(granted(0, 'statementEntries', 0, 'action')).toContain('s3:DeleteObjectVersion')
    expect(granted(0, 'statementEntries', 0, 'action')).toHaveLength(19)
    expect(granted(1, 'permissions')).toContain('Microsoft.Network/privateEndpoints/delete')
    expect(granted(1, 'permissions')).toHaveLength(31)
    expect(granted(1, 'dataPermissions')).toHaveLength(3)
    expect(granted(2, 'permissions')).toContain('storage.buckets.update')
    expect(granted(2, 'permissions')).toHaveLength(13)
    expect(granted(3, 'policies', 0)).toEqual({
      attributes: [{ name: 'serviceName', value: 'cloud-object-storage' }],
      roles: [
        'crn:v1:bluemix:public:iam::::role:Viewer',
        'crn:v1:bluemix:public:iam::::role:Editor',
        'crn:v1:bluemix:public:iam::::role:Administrator',
        'crn:v1:bluemix:public:iam::::serviceRole:Writer',
        'crn:v1:bluemix:public:iam::::serviceRole:Reader',
      ],
    })
    expect(granted(4, 'policies')).toEqual(granted(3, 'policies'))
  })

  it('reports no version that nobody named, for which an update would wait for ever', () => {
    const named = found(OPENSHIFT, 'ClusterOperator image-registry')
    expect(named?.['status']).toEqual({ versions: [{ name: 'operator', version: '4.22.1' }] })
    const unnamed = found(
      { ...OPENSHIFT, release: { ...release, version: '' } },
      'ClusterOperator image-registry',
    )
    expect(unnamed).toMatchObject({ spec: {} })
    expect(unnamed).not.toHaveProperty('status')
  })
})

describe('what is installed on plain Kubernetes', () => {
  it('is what makes sense there', () => {
    expect(identities(KUBERNETES)).toEqual([
      'CustomResourceDefinition configs.imageregistry.operator.openshift.io',
      'CustomResourceDefinition imagepruners.imageregistry.operator.openshift.io',
      `Namespace ${NS}`,
      'Namespace openshift-config',
      'Namespace openshift-config-managed',
      `ServiceAccount ${NS}/cluster-image-registry-operator`,
      'ClusterRole cluster-image-registry-operator',
      'ClusterRoleBinding default-account-cluster-image-registry-operator',
      ...[NS, 'openshift-config', 'openshift-config-managed'].flatMap((namespace) => [
        `Role ${namespace}/cluster-image-registry-operator`,
        `RoleBinding ${namespace}/cluster-image-registry-operator`,
      ]),
      `Role ${NS}/image-pruner-collector`,
      `RoleBinding ${NS}/image-pruner-collector`,
      `Service ${NS}/image-registry-operator`,
      OPERATOR,
    ])
  })

  it('includes what Prometheus reads where it is asked for', () => {
    const more = identities({ ...KUBERNETES, monitoring: true }).filter(
      (each) => !identities(KUBERNETES).includes(each),
    )
    expect(more).toEqual([
      `ServiceMonitor ${NS}/image-registry-operator`,
      `PrometheusRule ${NS}/image-registry-operator-alerts`,
    ])
  })

  it('touches no node unless it is asked to, and then from a namespace of its own', () => {
    const more = identities({ ...KUBERNETES, nodeTrust: '/certs' }).filter(
      (each) => !identities(KUBERNETES).includes(each),
    )
    const nodes = `${NS}-nodes`
    expect(more).toEqual([
      `Namespace ${nodes}`,
      `ServiceAccount ${nodes}/node-trust`,
      `Role ${NS}/node-trust`,
      `RoleBinding ${NS}/node-trust`,
      `DaemonSet ${nodes}/node-trust`,
    ])
    expect(identities({ ...OPENSHIFT, nodeTrust: '/certs' })).toEqual(identities(OPENSHIFT))
  })

  it('lets what tells the nodes of the registry read one ConfigMap, and write to one folder', () => {
    const options = { ...KUBERNETES, nodeTrust: '/certs' }
    expect(at(found(options, `Role ${NS}/node-trust`), 'rules')).toEqual([
      {
        apiGroups: [''],
        resources: ['configmaps'],
        resourceNames: ['image-registry-serving-ca'],
        verbs: ['get', 'list', 'watch'],
      },
    ])
    expect(at(found(options, `RoleBinding ${NS}/node-trust`), 'subjects')).toEqual([
      { kind: 'ServiceAccount', name: 'node-trust', namespace: `${NS}-nodes` },
    ])
    const pod = at(found(options, `DaemonSet ${NS}-nodes/node-trust`), 'spec', 'template', 'spec')
    expect(at(pod, 'tolerations')).toEqual([{ operator: 'Exists' }])
    expect(at(pod, 'volumes')).toEqual([
      { name: 'certs-d', hostPath: { path: '/certs', type: 'DirectoryOrCreate' } },
    ])
    for (const shared of ['hostNetwork', 'hostPID', 'hostIPC'])
      expect(at(pod, shared)).toBeUndefined()
    const container = at(pod, 'containers', 0)
    expect(at(container, 'image')).toBe('operator')
    expect(at(container, 'securityContext')).toMatchObject({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    })
    expect(at(container, 'securityContext', 'privileged')).toBeUndefined()
  })

  it('serves metrics where the Service and the probes ask for them', () => {
    const service = found(KUBERNETES, `Service ${NS}/image-registry-operator`)
    expect(at(service, 'spec', 'ports', 0)).toMatchObject({ name: 'metrics', targetPort: 8080 })
    const container = at(
      found(KUBERNETES, OPERATOR),
      ...['spec', 'template', 'spec', 'containers', 0],
    )
    expect(at(container, 'args')).toEqual(['run', '--bind-address=:8080'])
    expect(at(container, 'ports')).toEqual([
      { name: 'metrics', containerPort: 8080, protocol: 'TCP' },
    ])
    expect(at(container, 'volumeMounts')).toBeUndefined()
  })

  it('lets no pod into the namespace that is not restricted, and is restricted itself', () => {
    expect(found(KUBERNETES, `Namespace ${NS}`)?.metadata).toEqual({
      name: NS,
      labels: {
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
      },
    })
    const spec = at(found(KUBERNETES, OPERATOR), 'spec', 'template', 'spec')
    expect(at(spec, 'securityContext')).toEqual({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    })
    expect(at(spec, 'containers', 0, 'securityContext')).toMatchObject({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    })
  })

  it('runs with the priority of any pod, and asks the cluster as itself', () => {
    const spec = at(found(KUBERNETES, OPERATOR), 'spec', 'template', 'spec')
    expect(at(spec, 'priorityClassName')).toBeUndefined()
    expect(at(spec, 'automountServiceAccountToken')).toBe(true)
  })

  it('tells the operator what it has to know there, and no more', () => {
    const env = at(found(KUBERNETES, OPERATOR), 'spec', 'template', 'spec', 'containers', 0, 'env')
    expect(env).toEqual([
      { name: 'RELEASE_VERSION', value: '4.22.1' },
      {
        name: 'POD_NAME',
        valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } },
      },
      { name: 'OPERATOR_IMAGE', value: 'operator' },
      { name: 'IMAGE', value: 'registry' },
      { name: 'REGISTRY_BUILD', value: 'distribution-3.1' },
    ])
  })

  it('carries no annotation of OpenShift', () => {
    expect(
      installManifests({ ...KUBERNETES, monitoring: true }).filter(
        ({ metadata }) => metadata.annotations !== undefined,
      ),
    ).toEqual([])
  })
})
