import { type ClusterFacts, type Config, names } from '../../model'
import { contentDigests } from '../content-digests'
import { SERVICE_HOSTNAME } from './registry-hostname'
import { certificateSource } from '../serving/certificate-source'

type Annotations = { readonly [key: string]: string }

/** How long a layer may stand still on its way, in seconds. */
const TIMEOUT_SECONDS = 900

const NGINX = 'nginx.ingress.kubernetes.io'
const F5_NGINX = 'nginx.org'
const HAPROXY_TECHNOLOGIES = 'haproxy.org'
const HAPROXY_INGRESS = 'haproxy-ingress.github.io'

/**
 * What controllers have to be told: the registry speaks TLS, layers are of any size and are not kept back until they are whole.
 * Those that do not know an annotation ignore it.
 */
const TOLD: Annotations = {
  // https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
  [`${NGINX}/backend-protocol`]: 'HTTPS',
  [`${NGINX}/proxy-body-size`]: '0',
  [`${NGINX}/proxy-request-buffering`]: 'off',
  [`${NGINX}/proxy-read-timeout`]: `${TIMEOUT_SECONDS}`,
  [`${NGINX}/proxy-send-timeout`]: `${TIMEOUT_SECONDS}`,
  // https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/advanced-configuration-with-annotations/
  // It has none for `proxy_request_buffering`, and snippets, which could say it, are refused unless they are switched on.
  [`${F5_NGINX}/ssl-services`]: names.REGISTRY_NAME,
  [`${F5_NGINX}/client-max-body-size`]: '0',
  [`${F5_NGINX}/proxy-read-timeout`]: `${TIMEOUT_SECONDS}s`,
  [`${F5_NGINX}/proxy-send-timeout`]: `${TIMEOUT_SECONDS}s`,
  // https://github.com/haproxytech/kubernetes-ingress/blob/master/documentation/annotations.md
  [`${HAPROXY_TECHNOLOGIES}/server-ssl`]: 'true',
  [`${HAPROXY_TECHNOLOGIES}/timeout-server`]: `${TIMEOUT_SECONDS}s`,
  // https://haproxy-ingress.github.io/docs/configuration/keys/
  [`${HAPROXY_INGRESS}/backend-protocol`]: 'h1-ssl',
  [`${HAPROXY_INGRESS}/timeout-server`]: `${TIMEOUT_SECONDS}s`,
}

/** Whom to trust as the registry, for the controllers that read it from a Secret. */
const VERIFIED: Annotations = {
  [`${NGINX}/proxy-ssl-secret`]: `${names.REGISTRY_NAMESPACE}/${names.SERVING_CERTIFICATE_SECRET}`,
  [`${NGINX}/proxy-ssl-verify`]: 'on',
  [`${NGINX}/proxy-ssl-name`]: SERVICE_HOSTNAME,
  [`${NGINX}/proxy-ssl-server-name`]: 'on',
  [`${HAPROXY_INGRESS}/secure-verify-ca-secret`]: names.SERVING_CERTIFICATE_SECRET,
  [`${HAPROXY_INGRESS}/secure-verify-hostname`]: SERVICE_HOSTNAME,
}

const SERVING = { namespace: names.REGISTRY_NAMESPACE, name: names.SERVING_CERTIFICATE_SECRET }

/** These controllers take no authority for one that is signed by another: only of ours it is known that it is not. */
const isOfOurAuthority = (config: Config, facts: ClusterFacts): boolean => {
  const isSignedByOurs =
    ['operator', 'cert-manager'].includes(certificateSource(config, facts)) &&
    config.certificateIssuer === undefined &&
    facts.certificates.signer?.ours !== false
  return isSignedByOurs && contentDigests(facts, 'Secret', SERVING)?.['ca.crt'] !== undefined
}

/** The annotations of an Ingress that leads to the registry. */
export const ingressAnnotations = (config: Config, facts: ClusterFacts): Annotations =>
  isOfOurAuthority(config, facts) ? { ...TOLD, ...VERIFIED } : TOLD
