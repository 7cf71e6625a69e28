import { installManifests } from '@image-registry-operator/render'
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonArray,
  type JsonObject,
  type KubeObject,
  names,
  objectsOf,
  type Release,
  textOf,
} from '@image-registry-operator/render/model'

import { VERSION } from '../../version'
import { objectFileName } from './object-file-names'
import { toYaml } from '../print-manifests'
import type { OutputFile, OutputFolder } from './write-folder'

const PACKAGE = 'image-registry-operator'

/** Whether rights are granted to this ServiceAccount of our namespace. */
const isGrantedTo =
  (account: string) =>
  ({ subjects }: KubeObject): boolean =>
    objectsOf(subjects).some(({ name }) => name === account)

const fieldOf = (value: Json | undefined, ...path: ReadonlyArray<string>): Json | undefined =>
  path.reduce<Json | undefined>((at, key) => (isJsonObject(at) ? at[key] : undefined), value)

/** The rules that a binding hands out. */
const rulesOf =
  (objects: ReadonlyArray<KubeObject>) =>
  ({ kind, metadata: { namespace }, roleRef }: KubeObject): JsonArray => {
    const role = objects.find(
      (object) =>
        object.kind === kind.replace(/Binding$/, '') &&
        object.metadata.name === fieldOf(roleRef, 'name') &&
        object.metadata.namespace === namespace,
    )
    return isJsonArray(role?.['rules']) ? role['rules'] : []
  }

const isBinding = ({ kind }: KubeObject): boolean => kind.endsWith('RoleBinding')

type Grants = Readonly<Record<'clusterPermissions' | 'permissions', JsonArray>>

/**
 * What the operator may do. OLM knows rights in the operator's namespace and rights in all: those in the namespaces of the
 * cluster's configuration are of the second kind.
 */
const grants = (objects: ReadonlyArray<KubeObject>, account: string): Grants => {
  const bindings = objects.filter(isBinding).filter(isGrantedTo(account))
  const isHere = ({ metadata }: KubeObject): boolean =>
    metadata.namespace === names.REGISTRY_NAMESPACE
  const granted = (of: ReadonlyArray<KubeObject>): JsonArray => [
    { serviceAccountName: account, rules: of.flatMap(rulesOf(objects)) },
  ]
  return {
    clusterPermissions: granted(bindings.filter((binding) => !isHere(binding))),
    permissions: granted(bindings.filter(isHere)),
  }
}

const owned = (definition: KubeObject): JsonObject => {
  const { spec } = definition
  const [version] = objectsOf(fieldOf(spec, 'versions'))
  const kind = fieldOf(spec, 'names', 'kind') ?? ''
  return {
    name: definition.metadata.name,
    version: version?.['name'] ?? '',
    kind,
    displayName: kind,
    description: fieldOf(version, 'schema', 'openAPIV3Schema', 'description') ?? '',
  }
}

/** In any other mode OLM would grant in all namespaces what the operator needs in its own. */
const OWN_NAMESPACE = 'OwnNamespace'
const INSTALL_MODES = [OWN_NAMESPACE, 'SingleNamespace', 'MultiNamespace', 'AllNamespaces'].map(
  (type) => ({ type, supported: type === OWN_NAMESPACE }),
)

/** What a person reads who looks for a registry. */
const DESCRIPTION =
  'Puts a container image registry into the cluster, and keeps it right: storage, deployment, exposure, and a status that says what is wrong and what to do. One resource, Config cluster, describes it.'

const EXAMPLE = {
  apiVersion: names.CONFIG_API_VERSION,
  kind: 'Config',
  metadata: { name: names.SINGLETON_NAME },
  spec: { managementState: 'Managed', replicas: 1, storage: { pvc: {} } },
}

const isOf =
  (kind: string) =>
  (object: KubeObject): boolean =>
    object.kind === kind

const csv = (release: Release, objects: ReadonlyArray<KubeObject>): JsonObject => {
  const deployments = objects.filter(isOf('Deployment'))
  const account = textOf(
    fieldOf(deployments[0]?.['spec'], 'template', 'spec', 'serviceAccountName'),
  )
  return {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'ClusterServiceVersion',
    metadata: {
      name: `${PACKAGE}.v${VERSION}`,
      namespace: names.REGISTRY_NAMESPACE,
      annotations: {
        'alm-examples': JSON.stringify([EXAMPLE]),
        capabilities: 'Full Lifecycle',
        categories: 'Storage',
        containerImage: release.operatorImage,
        'operatorframework.io/suggested-namespace': names.REGISTRY_NAMESPACE,
      },
    },
    spec: {
      displayName: 'Image Registry',
      description: DESCRIPTION,
      version: VERSION,
      maturity: 'alpha',
      minKubeVersion: '1.30.0',
      keywords: ['registry', 'images', 'oci', 'docker'],
      provider: { name: PACKAGE },
      installModes: INSTALL_MODES,
      customresourcedefinitions: {
        owned: objects.filter(isOf('CustomResourceDefinition')).map(owned),
      },
      relatedImages: [
        { name: 'operator', image: release.operatorImage },
        { name: 'registry', image: release.registryImage },
      ],
      install: {
        strategy: 'deployment',
        spec: {
          ...grants(objects, account),
          deployments: deployments.map(({ metadata, spec }) => ({
            name: metadata.name,
            spec: spec ?? {},
          })),
        },
      },
    },
  }
}

const LABELS = {
  'operators.operatorframework.io.bundle.mediatype.v1': 'registry+v1',
  'operators.operatorframework.io.bundle.manifests.v1': 'manifests/',
  'operators.operatorframework.io.bundle.metadata.v1': 'metadata/',
  'operators.operatorframework.io.bundle.package.v1': PACKAGE,
  'operators.operatorframework.io.bundle.channels.v1': 'stable',
  'operators.operatorframework.io.bundle.channel.default.v1': 'stable',
}

/** What OLM makes by itself of the ClusterServiceVersion, and what is nobody's but the user's. */
const isSaidByCsv =
  (objects: ReadonlyArray<KubeObject>) =>
  ({ kind, metadata }: KubeObject): boolean => {
    const account = objects.find(isOf('ServiceAccount'))?.metadata.name ?? ''
    const isRole = /^(Cluster)?Role(Binding)?$/.test(kind)
    return (
      ['Namespace', 'ServiceAccount', 'Deployment'].includes(kind) ||
      (isRole &&
        objects.some(
          (binding) =>
            isBinding(binding) &&
            isGrantedTo(account)(binding) &&
            binding.metadata.namespace === metadata.namespace &&
            [binding.metadata.name, fieldOf(binding['roleRef'], 'name')].includes(metadata.name),
        ))
    )
  }

const FILES = 'files'

const namedIn = (index: unknown): ReadonlyArray<string> => {
  const files = isJsonObject(index) ? index[FILES] : undefined
  return isJsonArray(files) ? files.filter((name) => typeof name === 'string') : []
}

/** A bundle of the Operator Lifecycle Manager that installs what `install` prints into the registry's namespace. */
export const olmBundle = (release: Release): OutputFolder => {
  const objects = installManifests({
    release,
    platform: 'Kubernetes',
    profile: 'all',
    monitoring: false,
  })
  const others = objects.filter((object) => !isSaidByCsv(objects)(object))
  const files: ReadonlyArray<OutputFile> = [
    {
      name: `manifests/${PACKAGE}.clusterserviceversion.yaml`,
      text: toYaml(csv(release, objects)),
    },
    ...others.map((object) => ({
      name: `manifests/${objectFileName(object, others)}.yaml`,
      text: toYaml(object),
    })),
    { name: 'metadata/annotations.yaml', text: toYaml({ annotations: LABELS }) },
  ]
  const index = toYaml({ [FILES]: files.map(({ name }) => name) })
  return { index: { name: 'bundle-files.yaml', text: index }, namedIn, files }
}
