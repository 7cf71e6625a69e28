import { type CertificateAuthority, certificateAuthority, certificateFrom } from './certificates'
import type { ClusterClient, KubeObject } from './cluster-client'
import { type KubeconfigSource, mergePatch, type Simulation, startSimulation } from './simulation'
import type { Reaction } from './watch-loop'

const name = 'simulated-service-ca'

// Both generations of the annotations are in use; where both stand, beta counts.
const generations = ['beta', 'alpha'] as const

const secretNameFor = ({ metadata }: KubeObject): string | undefined =>
  generations
    .map((g) => metadata.annotations?.[`service.${g}.openshift.io/serving-cert-secret-name`])
    .find((secretName) => secretName !== undefined)

const base64 = (text: string): string => Buffer.from(text).toString('base64')

const servingSecret = async (
  authority: CertificateAuthority,
  { metadata }: KubeObject,
  secretName: string,
): Promise<unknown> => {
  const host = `${metadata.name}.${metadata.namespace}.svc`
  const hosts = [host, `${host}.cluster.local`]
  const { certificate, privateKey } = await certificateFrom(authority, { commonName: host, hosts })
  const owner = { apiVersion: 'v1', kind: 'Service', name: metadata.name, uid: metadata.uid }
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/tls',
    metadata: { name: secretName, ownerReferences: [owner] },
    data: { 'tls.crt': base64(certificate), 'tls.key': base64(privateKey) },
  }
}

/** Made for another Service of that name: the garbage collector is about to take it away. */
const isStale = (secret: KubeObject, service: KubeObject): boolean => {
  const owners = (secret.metadata['ownerReferences'] ?? []) as ReadonlyArray<{ uid: string }>
  return owners.length > 0 && owners.every(({ uid }) => uid !== service.metadata.uid)
}

const serveService =
  (authority: CertificateAuthority) =>
  (client: ClusterClient): Reaction =>
  async (service) => {
    const secretName = secretNameFor(service)
    if (secretName === undefined) return
    const signedBy = 'service.beta.openshift.io/serving-cert-signed-by'
    if (service.metadata.annotations?.[signedBy] !== undefined) return
    const namespace = `/api/v1/namespaces/${service.metadata.namespace}`
    const path = `${namespace}/secrets/${secretName}`
    const { code, body } = await client.request('GET', path)
    const stale = code === 200 && isStale(body as KubeObject, service)
    if (stale) await client.request('DELETE', path)
    if (stale || code === 404) {
      await client.send(
        'POST',
        `${namespace}/secrets`,
        await servingSecret(authority, service, secretName),
      )
    }
    const annotations = { [signedBy]: authority.name }
    await mergePatch(client, `${namespace}/services/${service.metadata.name}`, {
      metadata: { annotations },
    })
  }

const injectBundle =
  (authority: CertificateAuthority) =>
  (client: ClusterClient): Reaction =>
  async ({ metadata, data }) => {
    const isAsked = metadata.annotations?.['service.beta.openshift.io/inject-cabundle'] === 'true'
    const bundle = { 'service-ca.crt': authority.certificate }
    const isThere =
      (data as Readonly<Record<string, string>> | undefined)?.['service-ca.crt'] !== undefined
    if (!isAsked || isThere) return
    const path = `/api/v1/namespaces/${metadata.namespace}/configmaps/${metadata.name}`
    await mergePatch(client, path, { data: bundle })
  }

/** Makes the certificates that Services ask for by annotation, and hands its own to ConfigMaps that do. */
export const startServiceCa = async (controlPlane: KubeconfigSource): Promise<Simulation> => {
  const authority = await certificateAuthority('openshift-service-serving-signer@simulated')
  return startSimulation(controlPlane, name, [
    { path: '/api/v1/services', react: serveService(authority) },
    { path: '/api/v1/configmaps', react: injectBundle(authority) },
  ])
}
