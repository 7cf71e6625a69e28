import {
  type ClusterFacts,
  type Config,
  type JsonObject,
  type KubeObject,
  names,
  objectRef,
} from '../../model'
import { SERVICE_HOSTNAME } from '../exposure/registry-hostname'
import { converging, type Rendered, withheld } from '../rendered'
import { OWN_MARK } from './marked-secret'
import { servingNames } from './serving-names'

/** https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1 */
const API_VERSION = `${names.CERT_MANAGER_GROUP}/v1`

const REF = objectRef(
  API_VERSION,
  'Certificate',
  names.SERVING_CERTIFICATE_SECRET,
  names.REGISTRY_NAMESPACE,
)

const inOurNamespace = (kind: string, name: string, spec: JsonObject): KubeObject => ({
  apiVersion: API_VERSION,
  kind,
  metadata: { name, namespace: names.REGISTRY_NAMESPACE },
  spec,
})

/** Durations as cert-manager itself writes them: a third of its life is left when a certificate is renewed. */
const AUTHORITY_LIFE = { duration: '87600h0m0s', renewBefore: '29200h0m0s' }
const SERVING_LIFE = { duration: '2160h0m0s', renewBefore: '720h0m0s' }

const issuerRef = (kind: string, name: string): JsonObject => ({
  issuerRef: { group: names.CERT_MANAGER_GROUP, kind, name },
})

const secretNamed = (name: string): JsonObject => ({
  secretName: name,
  secretTemplate: { annotations: OWN_MARK },
  // Each revision is an object that stays.
  revisionHistoryLimit: 1,
})

/** The authority keeps its key when it is renewed, so that it stays the one that clients trust. */
const authorityRequest = inOurNamespace('Certificate', names.SIGNER_SECRET, {
  ...secretNamed(names.SIGNER_SECRET),
  ...AUTHORITY_LIFE,
  ...issuerRef('Issuer', names.SELF_SIGNED_ISSUER),
  commonName: names.SIGNER_SECRET,
  isCA: true,
  privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' },
  usages: ['cert sign', 'digital signature'],
})

/** One that people have put there is theirs: it signs, and is not written. */
const ownIssuers = ({ certificates }: ClusterFacts): ReadonlyArray<KubeObject> => [
  ...(certificates.signer?.ours === false
    ? []
    : [inOurNamespace('Issuer', names.SELF_SIGNED_ISSUER, { selfSigned: {} }), authorityRequest]),
  inOurNamespace('Issuer', names.SIGNER_ISSUER, { ca: { secretName: names.SIGNER_SECRET } }),
]

const servingRequest = (config: Config, facts: ClusterFacts): KubeObject => {
  const { hosts, addresses } = servingNames(config, facts)
  const { kind, name } = config.certificateIssuer ?? { kind: 'Issuer', name: names.SIGNER_ISSUER }
  return inOurNamespace('Certificate', names.SERVING_CERTIFICATE_SECRET, {
    ...secretNamed(names.SERVING_CERTIFICATE_SECRET),
    ...SERVING_LIFE,
    ...issuerRef(kind, name),
    commonName: SERVICE_HOSTNAME,
    dnsNames: hosts,
    ipAddresses: addresses,
    privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
    usages: ['digital signature', 'server auth'],
  })
}

/** What cert-manager is asked for: the registry's certificate, and an authority that signs it where people name none. */
export const requestedCertificate = (
  config: Config,
  facts: ClusterFacts,
): ReadonlyArray<Rendered> => {
  if (!facts.servedGroups.includes(names.CERT_MANAGER_GROUP))
    return [withheld(REF, { _tag: 'ApiNotServed', group: names.CERT_MANAGER_GROUP })]
  return [
    ...(config.certificateIssuer === undefined ? ownIssuers(facts) : []).map((object) =>
      converging(object),
    ),
    isServiceAwaited(facts)
      ? withheld(REF, {
          _tag: 'CertificateAwaited',
          namespace: names.REGISTRY_NAMESPACE,
          name: names.SERVING_CERTIFICATE_SECRET,
          maker: 'cert-manager',
        })
      : converging(servingRequest(config, facts)),
  ]
}

/** Its addresses are known a moment later: without them it would be issued twice. */
const isServiceAwaited = ({ servicePort, now }: ClusterFacts): boolean =>
  servicePort === undefined && now !== undefined
