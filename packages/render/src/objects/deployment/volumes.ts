import { type JsonObject, names, type RegistryBuild } from '../../model'
import type { Contribution } from '../storage/contribution'
import { readOnly, type Volume, volume } from './volume'

/** Where the registry finds its serving certificate. */
export const CERTIFICATE_MOUNT_PATH = '/etc/secrets'
/** Where update-ca-trust writes the trust store that it puts together. */
export const EXTRACTED_CA_MOUNT_PATH = '/etc/pki/ca-trust/extracted'

/** Where the pod finds the certificate authorities of the cluster's image configuration and of its storage. */
export const REGISTRY_CA_MOUNT_PATH = '/etc/pki/ca-trust/source/anchors'

const CLUSTER_CA_MOUNT_PATH = '/usr/share/pki/ca-trust-source'
const CLUSTER_CA_FOLDER = 'anchors'
/** Where it finds those of the cluster. */
export const CLUSTER_CA_PATH = `${CLUSTER_CA_MOUNT_PATH}/${CLUSTER_CA_FOLDER}`

const servingCertificate = volume('registry-tls', CERTIFICATE_MOUNT_PATH, {
  projected: { sources: [{ secret: { name: names.SERVING_CERTIFICATE_SECRET } }] },
})

const extractedAuthorities = volume('ca-trust-extracted', EXTRACTED_CA_MOUNT_PATH, { emptyDir: {} })

/** Anchors of high priority: those that the cluster's image configuration names. */
const registryAuthorities = volume('registry-certificates', REGISTRY_CA_MOUNT_PATH, {
  configMap: { name: names.CERTIFICATES_CONFIG_MAP },
})

/** Anchors of low priority: the cluster's trust bundle. */
const clusterAuthorities = volume('trusted-ca', CLUSTER_CA_MOUNT_PATH, {
  configMap: {
    name: names.TRUSTED_CA_CONFIG_MAP,
    items: [{ key: 'ca-bundle.crt', path: `${CLUSTER_CA_FOLDER}/ca-bundle.crt` }],
    optional: true,
  },
})

/** Credentials for pull-through, where the image library looks for a kubelet's. */
const pullCredentials = volume('installation-pull-secrets', '/var/lib/kubelet/', {
  secret: {
    secretName: names.PULL_SECRET_COPY,
    items: [{ key: '.dockerconfigjson', path: 'config.json' }],
    optional: true,
  },
})

/** A token with which a cloud that trusts the cluster lets the registry at its storage. */
const workloadIdentity = volume('bound-sa-token', '/var/run/secrets/openshift/serviceaccount', {
  projected: { sources: [{ serviceAccountToken: { audience: 'openshift', path: 'token' } }] },
})

/** Only OpenShift's registry pulls through, and puts its trust store together. */
const ofBuild = (build: RegistryBuild): ReadonlyArray<Volume> =>
  build._tag === 'OpenShift'
    ? [
        servingCertificate,
        extractedAuthorities,
        registryAuthorities,
        clusterAuthorities,
        pullCredentials,
      ]
    : [servingCertificate, registryAuthorities, clusterAuthorities]

const volumes = (storage: Contribution, build: RegistryBuild): ReadonlyArray<Volume> => [
  ...storage.volumes,
  ...ofBuild(build),
  readOnly(workloadIdentity),
]

/** The volumes of the pod, the storage first. */
export const podVolumes = (
  storage: Contribution,
  build: RegistryBuild,
): ReadonlyArray<JsonObject> => volumes(storage, build).map(({ source }) => source)

/** Where the container sees each of them, in the same order. */
export const volumeMounts = (
  storage: Contribution,
  build: RegistryBuild,
): ReadonlyArray<JsonObject> => volumes(storage, build).map(({ mount }) => mount)
