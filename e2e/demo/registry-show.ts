import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { KubeObject } from '../cluster/cluster-client'
import { eventually } from '../harness/eventually'
import {
  anonymousStatus,
  pulledDigest,
  pushNewImage,
  registryAccess,
  SERVER_NAME,
} from '../harness/registry-round-trip'
import type { RealCluster } from '../node/real-cluster'
import { askRegistry, type RegistryAccess } from '../storage-servers/registry/registry-request'
import type { Printer } from './printer'

type ConfigSpec = Readonly<{ managementState?: string; readOnly?: boolean }>

const wish = (config: KubeObject, word: string): string | undefined =>
  config.metadata.annotations?.[`imageregistry.operator.openshift.io/${word}`]

/** Why nobody can push to the registry of a Config, or not by a password that we know. */
const reasonNotTo = (config: KubeObject): string | undefined => {
  const { managementState = 'Managed', readOnly } = (config['spec'] ?? {}) as ConfigSpec
  if (managementState !== 'Managed') return `its managementState is ${managementState}`
  if (readOnly === true) return 'its registry is read-only'
  return wish(config, 'first-user') === 'none' ? 'it wants no first user' : undefined
}

const demand = (what: string, is: string | number, wanted: string | number): void => {
  if (is !== wanted) throw new Error(`${what}: ${is}, and not ${wanted}.`)
}

/** What the first request gets to hear: a pod is ready a moment before its Service leads there. */
const firstStatus = (registry: RegistryAccess): Promise<number> =>
  eventually('the registry answers', () =>
    askRegistry(registry, { method: 'GET', url: '/v2/' }).then(
      ({ status }) => status,
      () => undefined,
    ),
  )

const showLogin = async (
  registry: RegistryAccess,
  isOpen: boolean,
  print: Printer,
): Promise<void> => {
  const status = await firstStatus(registry)
  const name = registry.user?.name ?? 'nobody'
  demand(`The answer to ${name}`, status, 200)
  if (registry.user !== undefined)
    print.event(
      '~',
      `log in as ${name}, with the password in Secret image-registry-first-user: ${status}`,
    )
  const anonymous = await anonymousStatus(registry)
  demand('The answer to a request without a password', anonymous, isOpen ? 200 : 401)
  print.event('~', `ask without a password: ${anonymous}`)
}

const mebibytes = (layers: ReadonlyArray<Uint8Array>): string =>
  (layers.reduce((sum, { length }) => sum + length, 0) / 1024 / 1024).toFixed(1)

const showImage = async (registry: RegistryAccess, print: Printer): Promise<void> => {
  const { name, digest, image } = await pushNewImage(registry, 'v1')
  const { length } = image.layers
  print.event('+', `push ${name}, ${length} layers, ${mebibytes(image.layers)} MiB: ${digest}`)
  const pulled = await pulledDigest(registry, name)
  demand(`The digest of ${name} as it was pulled`, pulled, digest)
  print.event('+', `pull ${name}, the same: ${pulled}`)
}

/** Logs in, is refused without, pushes an image and pulls it; throws as soon as anything is not as it should be. */
export const registryShow =
  ({ client, node }: RealCluster) =>
  async (config: KubeObject, print: Printer): Promise<void> => {
    const reason = reasonNotTo(config)
    if (reason !== undefined) return print.note(`no image is pushed with this Config: ${reason}`)
    const registry = await registryAccess(client, node)
    const trust = 'over TLS, trusted by ConfigMap image-registry-serving-ca'
    print.step('Registry', `https://${SERVER_NAME}:5000 ${trust}`)
    await showLogin(registry, wish(config, 'authentication') === 'none', print)
    await showImage(registry, print)
  }

/** Commands for somebody who wants to use the registry from this machine. */
export const toTryWith =
  ({ client, node, controlPlane }: RealCluster) =>
  async (): Promise<ReadonlyArray<string>> => {
    const { code } = await client.request(
      'GET',
      '/api/v1/namespaces/openshift-image-registry/services/image-registry',
    )
    if (code === 404) return []
    const { url, authorities = '' } = await registryAccess(client, node)
    const caPath = join(controlPlane.folder, 'registry-ca.crt')
    await writeFile(caPath, authorities)
    const { port } = new URL(url)
    const kubectl = controlPlane.kubectlPath ?? 'kubectl'
    const secret = 'secret image-registry-first-user -n openshift-image-registry'
    return [
      `PASSWORD=$(${kubectl} get ${secret} -o jsonpath='{.data.password}' | base64 -d)`,
      `curl --cacert ${caPath} --resolve ${SERVER_NAME}:${port}:127.0.0.1 -u "admin:$PASSWORD" https://${SERVER_NAME}:${port}/v2/_catalog`,
    ]
  }
