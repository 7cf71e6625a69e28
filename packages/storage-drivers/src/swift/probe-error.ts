import { names } from '@image-registry-operator/render/model'

import { describeCloudsProblem } from './clouds-document'

/** Why it is not known whether there is an object store. All but the last three are cured by editing the credentials. */
export type ProbeError =
  /** The Secret has no `clouds.yaml`. */
  | { readonly _tag: 'CloudsMissing' }
  /** It is not YAML, from that line on; or longer than anybody's. */
  | { readonly _tag: 'CloudsUnreadable'; readonly line?: number; readonly longerThan?: number }
  /** It does not have the cloud that the cluster says it is on. */
  | { readonly _tag: 'CloudMissing'; readonly cloud: string }
  /** The cloud lacks what the field, or one of the fields, would say. */
  | { readonly _tag: 'CloudIncomplete'; readonly cloud: string; readonly missing: string }
  /** The `auth_url` is no address of HTTP. */
  | { readonly _tag: 'AddressUnusable'; readonly cloud: string }
  /** Keystone does not let these credentials in. */
  | { readonly _tag: 'CredentialsRefused'; readonly server: string; readonly code: number }
  /** Keystone lets them in, but for no project: it tells nobody then which services there are. */
  | { readonly _tag: 'ProjectMissing'; readonly cloud: string }
  /** Keystone names an object store at an address that cannot be used. Cured in its catalog. */
  | { readonly _tag: 'EndpointUnusable'; readonly server: string }
  /** No connection. Cures itself, or has to be cured in the network. */
  | { readonly _tag: 'Unreachable'; readonly server: string; readonly why: string }
  /** An answer that is neither yes nor no. Cures itself, or is cured in the cloud. */
  | { readonly _tag: 'UnexpectedAnswer'; readonly server: string; readonly code: number }

const SECRET = `Secret ${names.REGISTRY_NAMESPACE}/${names.MINTED_CREDENTIALS_SECRET}`

/** In one line: what is wrong, and what to do about it. No value of the Secret is in it but the server's address. */
export const describeProbeError = (error: ProbeError): string => {
  switch (error._tag) {
    case 'CloudsMissing':
      return `${SECRET} has no clouds.yaml; add it`
    case 'CloudsUnreadable':
      return `clouds.yaml in ${SECRET} ${describeCloudsProblem(error)}; correct it`
    case 'CloudMissing':
      return `clouds.yaml in ${SECRET} has no clouds.${error.cloud}, of which Infrastructure ${names.SINGLETON_NAME} says that the cluster runs on it; add it`
    case 'CloudIncomplete':
      return `clouds.${error.cloud} of clouds.yaml in ${SECRET} has no ${error.missing}; add it`
    case 'AddressUnusable':
      return `auth.auth_url of clouds.${error.cloud} of clouds.yaml in ${SECRET} must be a URL such as https://keystone.example.com:5000/v3; correct it`
    case 'CredentialsRefused':
      return `${error.server} refuses the credentials in ${SECRET} (HTTP ${error.code}); correct its clouds.yaml`
    case 'ProjectMissing':
      return `the credentials of clouds.${error.cloud} of clouds.yaml in ${SECRET} are for no project; add auth.project_name or auth.project_id`
    case 'EndpointUnusable':
      return `the catalog of ${error.server} names no usable address of the object store; correct the endpoint there`
    case 'Unreachable':
      return `${error.server} cannot be asked (${error.why}), which is tried again; check auth.auth_url of clouds.yaml in ${SECRET}, its cacert, the network and the cluster's proxy`
    case 'UnexpectedAnswer':
      return `${error.server} gives an answer that nobody expects (HTTP ${error.code}) and is asked again; check auth.auth_url of clouds.yaml in ${SECRET}, and that server`
  }
}
