import { names, registryBuildName, type RenderProblem } from '../model'
import { describeProblems } from './describe-problem'

type Singled = Extract<RenderProblem, { readonly _tag: 'ClaimNeedsSingleWriter' }>

/** Why an object is withheld, in one line: what, where, what to do. */
export const describeRenderProblem = (problem: RenderProblem): string => {
  switch (problem._tag) {
    case 'NamespaceMissing':
      return `namespace ${problem.namespace} does not exist; create it, as "image-registry-operator install" does`
    case 'AnnotationMissing':
      return `namespace ${problem.namespace} has no annotation ${problem.annotation} yet; OpenShift adds it, unless its namespace controller does not run`
    case 'AnnotationMalformed':
      return `annotation ${problem.annotation} of namespace ${problem.namespace} must be <start>/<length>, got ${JSON.stringify(problem.value)}; correct it`
    case 'SecretMissing':
      return `Secret ${problem.namespace}/${problem.name} does not exist; create it with tls.crt and tls.key, or take its name out of spec.routes`
    case 'CertificateAwaited':
      return certificateText(problem)
    case 'FirstUserAwaited':
      return `Secret ${problem.namespace}/${problem.name} does not exist yet; the operator makes it in a moment`
    case 'ClaimMissing':
      return `PersistentVolumeClaim ${names.REGISTRY_NAMESPACE}/${problem.claim} does not exist; create it, or correct spec.storage.pvc.claim`
    case 'ClaimNeedsSingleWriter':
      return `${singleWriterText(problem)}; PersistentVolumeClaim ${problem.claim} can be mounted by one node only: set spec.replicas to 1 and spec.rolloutStrategy to Recreate, or use a ReadWriteMany claim`
    case 'ClaimUnusable':
      return `PVC ${problem.claim} does not contain the necessary access modes: ReadWriteMany or ReadWriteOnce (it has ${problem.accessModes.join(', ') || 'none'}); name another claim in spec.storage.pvc.claim`
    case 'ClaimNotOurs':
      return `could not create default PVC, it already exists and is not owned by the operator; to use PersistentVolumeClaim ${problem.claim}, name it in spec.storage.pvc.claim`
    case 'RouteNotOurs':
      return `${problem.kind ?? 'Route'} ${names.REGISTRY_NAMESPACE}/${problem.route} exists and was not made by the operator; rename it, or give the route in the Config another name`
    case 'HostnameMissing':
      return hostnameText(problem)
    case 'InfrastructureMissing':
      return 'the cluster has no Infrastructure named cluster yet, so its platform is unknown; waiting for it, or create the Config cluster with spec.storage yourself'
    case 'PlatformStatusMissing':
      return 'Infrastructure cluster has no status.platformStatus.type yet, so the platform is unknown; waiting for it, or create the Config cluster with spec.storage yourself'
    case 'ClusterVersionMissing':
      return 'the cluster has no ClusterVersion named version yet, so its architecture is unknown; waiting for it, or set spec.imageStreamImportMode of Image cluster'
    case 'FeatureGatesMissing':
      return `FeatureGate cluster says nothing about version ${problem.version} yet; waiting for it`
    case 'ObjectStoreUnknown':
      return objectStoreText(problem)
    case 'MachineUnread':
      return machineText(problem)
    case 'NoStorageOffered':
      return `nobody has said where to keep images, and the cluster offers nothing that lasts: it is in no cloud whose storage the registry can use, and has no default StorageClass; create the Config ${names.SINGLETON_NAME} with spec.storage (pvc, s3, gcs, azure, or emptyDir to try it out), or mark a StorageClass as default`
    case 'StorageClassMissing':
      return `PersistentVolumeClaim ${names.REGISTRY_NAMESPACE}/${problem.claim} cannot be made, since the cluster has no default StorageClass; mark one as default, name one in the annotation ${names.CLAIM_CLASS_ANNOTATION} of the Config, or name a claim of your own in spec.storage.pvc.claim`
    case 'ConfigMapMissing':
      return `ConfigMap ${problem.namespace}/${problem.name} does not exist; create it, or take its name out of where it is referred to`
    case 'ConfigMapEntryMissing':
      return `ConfigMap ${problem.namespace}/${problem.name} has no entry ${problem.key}; add it`
    case 'PrunerUnusable':
      return prunerText(problem)
    case 'GarbageNotCollectable':
      return collectionText(problem)
    case 'CredentialsMissing':
      return credentialsText(problem)
    case 'StorageNotProvisioned':
      return notProvisionedText(problem)
    case 'StoragePending':
      return `the storage ${problem.place} is not there yet, is not marked as ours yet, or has not let the operator in yet; the conditions about the storage say what is awaited`
    case 'StorageNotInRegistry':
      return notInRegistryText(problem)
    case 'StorageLayoutDiffers':
      return layoutText(problem)
    case 'StorageAwaited':
      return `spec.storage.${problem.backend} needs ${listed(problem.keys)} of its cloud, which has not given that yet; waiting for it`
    case 'CredentialsUnreadable':
      return `${problem.key} of Secret ${problem.namespace}/${problem.name} ${problem.problem}; correct it`
    case 'ApiNotServed':
      return `the cluster does not serve ${problem.kind === undefined ? '' : `${problem.kind} of `}the API group ${problem.group}; install it, or do not ask for what needs it`
  }
}

type UnusablePruner = Extract<RenderProblem, { readonly _tag: 'PrunerUnusable' }>

const prunerText = ({ problems }: UnusablePruner): string =>
  problems.length === 0
    ? 'there is no ImagePruner named cluster yet'
    : `ImagePruner cluster cannot be used: ${describeProblems(problems)}`

const collectionText = ({
  because,
  build,
}: Extract<RenderProblem, { readonly _tag: 'GarbageNotCollectable' }>): string => {
  switch (because) {
    case 'storage':
      return `images in spec.storage.emptyDir lie in the registry's pod, and no clean-up can see them; choose another storage, or delete the ImagePruner ${names.SINGLETON_NAME}`
    case 'registry':
      return `the registry that this cluster runs (${registryBuildName(build)}) cannot clean up its storage; run another one, or delete the ImagePruner ${names.SINGLETON_NAME}`
    case 'untagged':
      return `${registryBuildName(build)} would delete the parts of images for several architectures, which no tag names; remove the annotation ${names.DELETE_UNTAGGED_ANNOTATION} of ImagePruner ${names.SINGLETON_NAME}, or run a registry of version 3`
    case 'operator-image':
      return 'nobody says which image the operator runs, which waits until the registry takes no pushes; set OPERATOR_IMAGE of the operator, as "image-registry-operator install" does'
  }
}

type Of<Tag> = Extract<RenderProblem, { readonly _tag: Tag }>

const certificateText = ({ namespace, name, maker }: Of<'CertificateAwaited'>): string => {
  const awaited = `Secret ${namespace}/${name} does not exist yet`
  if (maker === 'cert-manager')
    return `${awaited}; cert-manager makes it, and the status of Certificate ${namespace}/${name} says how far it is`
  return maker === 'the operator'
    ? `${awaited}; the operator makes it in a moment`
    : `${awaited}; OpenShift makes it for Service ${names.REGISTRY_NAME}, unless its service CA does not run`
}

const hostnameText = ({ route }: Of<'HostnameMissing'>): string =>
  route === names.DEFAULT_ROUTE_NAME
    ? `the default route has no host name, and nothing in this cluster makes one up; set the annotation ${names.DEFAULT_HOSTNAME_ANNOTATION} of Config ${names.SINGLETON_NAME} to one, or take spec.defaultRoute back`
    : `route ${route} of spec.routes has no host name, and nothing in this cluster makes one up; set its hostname, or remove it`

const objectStoreText = ({ problem }: Of<'ObjectStoreUnknown'>): string => {
  const waiting = `waiting until it answers to the credentials in Secret ${names.REGISTRY_NAMESPACE}/${names.MINTED_CREDENTIALS_SECRET}`
  return `it is not known yet whether OpenStack has an object store that the registry may use: ${problem ?? waiting}, or create the Config cluster with spec.storage yourself`
}

const machineText = ({ problem }: Of<'MachineUnread'>): string => {
  const waiting = 'waiting for the first node to be read'
  return `it is not known yet on which platform the cluster runs: ${problem ?? waiting}, or set spec.storage of Config ${names.SINGLETON_NAME} yourself`
}

const listed = (texts: ReadonlyArray<string>): string =>
  [texts.slice(0, -1).join(', '), ...texts.slice(-1)].filter((text) => text !== '').join(' and ')

const credentialsText = (problem: Of<'CredentialsMissing'>): string => {
  const secrets = problem.names.map((name) => `${problem.namespace}/${name}`)
  return `the credentials of the storage are missing: there is no ${listed(problem.keys)} in Secret ${secrets.join(' or ')}; put them into ${secrets.slice(0, 1).join()}`
}

const notProvisionedText = ({ backend, missing }: Of<'StorageNotProvisioned'>): string => {
  const fields = missing.map((field) => `spec.storage.${backend}.${field}`)
  return `spec.storage.${backend} does not say which ${listed(missing)} to use, and the cluster does not say it either; set ${listed(fields)}`
}

const notInRegistryText = ({ backend, build, credentials }: Of<'StorageNotInRegistry'>): string => {
  const registry = `the registry that this cluster runs (${registryBuildName(build)})`
  const other =
    'run another registry: its image in IMAGE and its name in REGISTRY_BUILD of the operator'
  return credentials === undefined
    ? `${registry} cannot keep images in spec.storage.${backend}; choose another storage, or ${other}`
    : `${registry} cannot open spec.storage.${backend} with ${credentials}; give it other credentials in Secret ${names.REGISTRY_NAMESPACE}/${names.USER_CREDENTIALS_SECRET}, or ${other}`
}

const layoutText = (problem: Of<'StorageLayoutDiffers'>): string => {
  const { place, written, build, isAssumed = false } = problem
  const [former, next] = [registryBuildName(written), registryBuildName(build)]
  if (isAssumed)
    return `nobody has said which registry wrote the images in ${place}: it may be ${former}, and ${next} would not find them then; if it was ${next}, or there are none, set the annotation ${names.SAID_WRITERS_ANNOTATION} of Config ${names.SINGLETON_NAME} to ${place}=${next}; otherwise run ${former} (REGISTRY_BUILD of the operator), choose another container, or rename the blobs before you set the annotation`
  return `the images in ${place} were written by ${former}, and ${next} would not find them; set REGISTRY_BUILD of the operator to ${former} again, choose another container, or rename the blobs and set the annotation ${names.SAID_WRITERS_ANNOTATION} of Config ${names.SINGLETON_NAME} to ${place}=${next}`
}

// Word for word what OpenShift's original operator says: scripts look for it.
const singleWriterText = ({ because }: Singled): string =>
  'replicas' in because
    ? 'cannot use ReadWriteOnce access mode with more than one replica of the image registry'
    : `cannot use ReadWriteOnce access mode with ${because.strategy} rollout strategy`
