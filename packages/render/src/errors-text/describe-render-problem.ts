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
      return `Secret ${problem.namespace}/${problem.name} does not exist yet; OpenShift makes it for Service ${names.REGISTRY_NAME}, unless its service CA does not run`
    case 'ClaimMissing':
      return `PersistentVolumeClaim ${names.REGISTRY_NAMESPACE}/${problem.claim} does not exist; create it, or correct spec.storage.pvc.claim`
    case 'ClaimNeedsSingleWriter':
      return `${singleWriterText(problem)}; PersistentVolumeClaim ${problem.claim} can be mounted by one node only: set spec.replicas to 1 and spec.rolloutStrategy to Recreate, or use a ReadWriteMany claim`
    case 'ClaimUnusable':
      return `PVC ${problem.claim} does not contain the necessary access modes: ReadWriteMany or ReadWriteOnce (it has ${problem.accessModes.join(', ') || 'none'}); name another claim in spec.storage.pvc.claim`
    case 'ClaimNotOurs':
      return `could not create default PVC, it already exists and is not owned by the operator; to use PersistentVolumeClaim ${problem.claim}, name it in spec.storage.pvc.claim`
    case 'RouteNotOurs':
      return `Route ${names.REGISTRY_NAMESPACE}/${problem.route} exists and was not made by the operator; rename it, or give the route in the Config another name`
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
    case 'ConfigMapMissing':
      return `ConfigMap ${problem.namespace}/${problem.name} does not exist; create it, or take its name out of where it is referred to`
    case 'ConfigMapEntryMissing':
      return `ConfigMap ${problem.namespace}/${problem.name} has no entry ${problem.key}; add it`
    case 'PrunerUnusable':
      return prunerText(problem)
    case 'CredentialsMissing':
      return credentialsText(problem)
    case 'StorageNotProvisioned':
      return notProvisionedText(problem)
    case 'StoragePending':
      return `the storage ${problem.place} is not there yet, or the operator has not been let in yet; the condition StorageExists says what is awaited`
    case 'StorageNotInRegistry':
      return notInRegistryText(problem)
    case 'StorageLayoutDiffers':
      return layoutText(problem)
    case 'StorageAwaited':
      return `spec.storage.${problem.backend} needs ${listed(problem.keys)} of its cloud, which has not given that yet; waiting for it`
    case 'CredentialsUnreadable':
      return `${problem.key} of Secret ${problem.namespace}/${problem.name} ${problem.problem}; correct it`
    case 'ApiNotServed':
      return `the cluster does not serve the API group ${problem.group}; install it, or do not ask for what needs it`
  }
}

type UnusablePruner = Extract<RenderProblem, { readonly _tag: 'PrunerUnusable' }>

const prunerText = ({ problems }: UnusablePruner): string =>
  problems.length === 0
    ? 'there is no ImagePruner named cluster yet'
    : `ImagePruner cluster cannot be used: ${describeProblems(problems)}`

type Of<Tag> = Extract<RenderProblem, { readonly _tag: Tag }>

const objectStoreText = ({ problem }: Of<'ObjectStoreUnknown'>): string => {
  const waiting = `waiting until it answers to the credentials in Secret ${names.REGISTRY_NAMESPACE}/${names.MINTED_CREDENTIALS_SECRET}`
  return `it is not known yet whether OpenStack has an object store that the registry may use: ${problem ?? waiting}, or create the Config cluster with spec.storage yourself`
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

const layoutText = ({ place, written, build }: Of<'StorageLayoutDiffers'>): string => {
  const [former, next] = [registryBuildName(written), registryBuildName(build)]
  return `the images in ${place} were written by ${former}, and ${next} would not find them; set REGISTRY_BUILD of the operator to ${former} again, choose another container, or rename the blobs and set the annotation ${names.SAID_WRITERS_ANNOTATION} of Config ${names.SINGLETON_NAME} to ${place}=${next}`
}

// Word for word what OpenShift's original operator says: scripts look for it.
const singleWriterText = ({ because }: Singled): string =>
  'replicas' in because
    ? 'cannot use ReadWriteOnce access mode with more than one replica of the image registry'
    : `cannot use ReadWriteOnce access mode with ${because.strategy} rollout strategy`
