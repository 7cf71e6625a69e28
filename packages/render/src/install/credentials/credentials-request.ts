import { type JsonObject, type KubeObject, names } from '../../model'
import { OPERATOR_NAME } from '../install-names'
import { credentialsAnnotations } from '../release-annotations'

const API_VERSION = 'cloudcredential.openshift.io/v1'

/** What is asked of one cloud. */
export type Grant = {
  readonly name: string
  /** The kind under which the minter of credentials knows that cloud. */
  readonly provider: string
  readonly fields: JsonObject
  /** Whether pods may use a token of theirs in place of a key. */
  readonly tokens: boolean
}

/** Asks OpenShift for credentials of the cloud that the registry keeps its images in; other clouds' requests are left alone. */
export const credentialsRequest = ({ name, provider, fields, tokens }: Grant): KubeObject => ({
  apiVersion: API_VERSION,
  kind: 'CredentialsRequest',
  metadata: {
    name,
    namespace: 'openshift-cloud-credential-operator',
    annotations: credentialsAnnotations,
    labels: { 'controller-tools.k8s.io': '1.0' },
  },
  spec: {
    secretRef: { name: names.MINTED_CREDENTIALS_SECRET, namespace: names.REGISTRY_NAMESPACE },
    ...(tokens ? { serviceAccountNames: [OPERATOR_NAME, names.SERVICE_ACCOUNT_NAME] } : {}),
    providerSpec: { apiVersion: API_VERSION, kind: provider, ...fields },
  },
})
