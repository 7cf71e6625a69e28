import {
  names,
  registryBuild,
  type InfrastructureFacts,
  type Observation,
  type ProxySettings,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'

/** What has to be asked of the cloud before a first Config can be made. */
export type ObjectStoreQuestion = {
  /** Digests of what the Secret with the credentials holds: others are another question. */
  readonly credentials: { readonly [key: string]: string }
  /** Which cloud of the clouds.yaml. */
  readonly cloud: string
  /** Whom to trust where the credentials name nobody; PEM. */
  readonly authorities: string
  readonly proxy: ProxySettings
}

type Known = Pick<Observation, 'config' | 'facts'>

/** What the installers of OpenShift call the cloud where the cluster does not say. */
const DEFAULT_CLOUD = 'openstack'

const CA_KEY = 'ca-bundle.pem'

const openstack = ({ config, facts }: Known): InfrastructureFacts | undefined => {
  const { infrastructure, platform } = facts
  // Registries of the distribution project have no Swift since 3.0, and for 2.8 only people choose it.
  const isOfUse = platform === 'OpenShift' || registryBuild(facts)._tag === 'OpenShift'
  const isNeeded = isOfUse && E.isLeft(config) && config.left._tag === 'NoConfig'
  return isNeeded && E.isRight(infrastructure) && infrastructure.right.platformType === 'OpenStack'
    ? infrastructure.right
    : undefined
}

/**
 * Whether it matters if the cloud has an object store, and can be asked: a first Config is to be made on OpenStack, and
 * there is a Secret with credentials. Once there is a Config, it says where images go.
 */
export const objectStoreQuestion = (known: Known): ObjectStoreQuestion | undefined => {
  const infrastructure = openstack(known)
  const { contents, bundles, clusterProxy } = known.facts
  const secret = contents.find(
    ({ kind, namespace, name }) =>
      kind === 'Secret' &&
      namespace === names.REGISTRY_NAMESPACE &&
      name === names.MINTED_CREDENTIALS_SECRET,
  )
  const settings = bundles.find(
    ({ namespace, name }) =>
      namespace === names.CONFIG_NAMESPACE && name === names.CLOUD_PROVIDER_CONFIG_MAP,
  )
  return infrastructure === undefined || secret === undefined
    ? undefined
    : {
        credentials: secret.entries,
        cloud: infrastructure.cloudsEntry ?? DEFAULT_CLOUD,
        authorities: settings?.data[CA_KEY] ?? '',
        proxy: clusterProxy,
      }
}
