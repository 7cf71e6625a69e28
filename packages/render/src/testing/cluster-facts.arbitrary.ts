import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'

import type {
  ClusterFacts,
  Config,
  ContentDigests,
  CredentialReading,
  FactProblem,
  RegistryBuild,
  UnreadMachine,
  Writers,
} from '../model'
import { namedRegistryBuild, names, REGISTRY_BUILDS } from '../model'
import { digest, dnsLabel } from './config.arbitrary'
import { someFacts } from './some-facts'

const NAMESPACE = names.REGISTRY_NAMESPACE
const ANNOTATION = names.SUPPLEMENTAL_GROUPS_ANNOTATION

const factProblem: fc.Arbitrary<FactProblem> = fc.constantFrom(
  { _tag: 'NamespaceMissing' as const, namespace: NAMESPACE },
  { _tag: 'AnnotationMissing' as const, namespace: NAMESPACE, annotation: ANNOTATION },
  {
    _tag: 'AnnotationMalformed' as const,
    namespace: NAMESPACE,
    annotation: ANNOTATION,
    value: 'none',
  },
)

const fsGroup: fc.Arbitrary<ClusterFacts['fsGroup']> = fc.oneof(
  { weight: 3, arbitrary: fc.nat().map((group) => E.right(group)) },
  { weight: 1, arbitrary: factProblem.map((problem) => E.left(problem)) },
)

const infrastructure: fc.Arbitrary<ClusterFacts['infrastructure']> = fc.oneof(
  fc
    .record({
      platformType: fc.constantFrom('AWS', 'BareMetal', 'OpenStack', 'oVirt', ''),
      infrastructureName: dnsLabel,
      singleReplicaInfrastructure: fc.boolean(),
      objectStore: fc.constantFrom('present' as const, 'absent' as const, 'unknown' as const),
    })
    .chain((facts) =>
      fc
        .option(fc.constantFrom<UnreadMachine>({}, { node: 'a' }, { problem: 'forbidden' }), {
          freq: 4,
        })
        .map((unread) => E.right(unread === null ? facts : { ...facts, unread })),
    ),
  fc.constant(E.left({ _tag: 'PlatformStatusMissing' as const })),
)

const content = (
  kind: ContentDigests['kind'],
  namespace: string,
  name: string,
  keys: ReadonlyArray<string>,
): fc.Arbitrary<ReadonlyArray<ContentDigests>> =>
  fc
    .option(fc.dictionary(fc.constantFrom(...keys), digest))
    .map((entries) => (entries === null ? [] : [{ kind, namespace, name, entries }]))

const USER_KEYS = [
  'REGISTRY_STORAGE_S3_ACCESSKEY',
  'REGISTRY_STORAGE_S3_SECRETKEY',
  'REGISTRY_STORAGE_GCS_KEYFILE',
  'REGISTRY_STORAGE_AZURE_ACCOUNTKEY',
  'REGISTRY_STORAGE_SWIFT_USERNAME',
  'REGISTRY_STORAGE_SWIFT_PASSWORD',
  'REGISTRY_STORAGE_IBMCOS_IAMAPIKEY',
]

const MINTED_KEYS = [
  'credentials',
  'aws_access_key_id',
  'aws_secret_access_key',
  'service_account.json',
  'azure_client_id',
  'azure_tenant_id',
  'azure_federated_token_file',
  'azure_client_secret',
  'clouds.yaml',
  'ibmcloud_api_key',
]

const CLOUD = {
  authUrl: 'https://keystone.local',
  identityVersion: '',
  region: '',
  project: 'p',
  projectId: '',
  domain: '',
  domainId: 'd',
  secrets: ['username' as const, 'password' as const],
}

const reading: fc.Arbitrary<CredentialReading> = fc.constantFrom<CredentialReading>(
  { _tag: 'GoogleKey', type: 'external_account' },
  { _tag: 'AwsProfile', form: 'role' },
  { _tag: 'Clouds', clouds: { openstack: CLOUD } },
  { _tag: 'Clouds', clouds: { other: { ...CLOUD, secrets: [] } } },
  { _tag: 'Unreadable', problem: 'is none' },
)

/** What has been read of a document need not fit to it. */
const withReadings = (
  contents: fc.Arbitrary<ReadonlyArray<ContentDigests>>,
): fc.Arbitrary<ReadonlyArray<ContentDigests>> =>
  fc
    .tuple(contents, fc.dictionary(fc.constantFrom(...MINTED_KEYS), reading))
    .map(([found, readings]) => found.map((one) => ({ ...one, readings })))

const PEM = '-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n'

const certificate: fc.Arbitrary<CredentialReading> = fc.oneof(
  fc
    .record({
      notBefore: fc.constantFrom('2025-12-01T00:00:00Z', '2025-01-01T00:00:00Z', 'never'),
      notAfter: fc.constantFrom('2026-03-01T00:00:00Z', '2026-01-02T00:00:00Z'),
      names: fc.subarray(['a', 'image-registry.openshift-image-registry.svc']),
      fits: fc.boolean(),
    })
    .map((life) => ({ _tag: 'Certificate' as const, pem: PEM, ...life })),
  fc.constant({ _tag: 'Unreadable' as const, problem: 'is none' }),
)

const withCertificate = (
  contents: fc.Arbitrary<ReadonlyArray<ContentDigests>>,
): fc.Arbitrary<ReadonlyArray<ContentDigests>> =>
  fc.tuple(contents, fc.option(certificate), fc.boolean()).map(([found, reading, hasAuthority]) =>
    found.map((one) => ({
      ...one,
      readings: {
        ...(hasAuthority ? { 'ca.crt': { _tag: 'Certificates' as const, pem: PEM } } : {}),
        ...(reading === null ? {} : { 'tls.crt': reading }),
      },
    })),
  )

const users = fc.record({
  _tag: fc.constant('Users' as const),
  users: fc.nat(2),
  wrong: fc.array(
    fc.record({ line: fc.integer({ min: 1 }), lacks: fc.constantFrom('name', 'hash') }),
    { maxLength: 7 },
  ),
})

const withUsers = (
  contents: fc.Arbitrary<ReadonlyArray<ContentDigests>>,
): fc.Arbitrary<ReadonlyArray<ContentDigests>> =>
  fc
    .tuple(contents, users)
    .map(([found, reading]) =>
      found.map((one) => ({ ...one, readings: { [names.HTPASSWD_KEY]: reading } })),
    )

const certificateSecret = fc.record({ ours: fc.boolean(), issue: fc.nat(3) })

const certificates: fc.Arbitrary<ClusterFacts['certificates']> = fc.record(
  { serving: certificateSecret, signer: certificateSecret, foreignRequest: fc.boolean() },
  { requiredKeys: ['foreignRequest'] },
)

const build = fc.constantFrom(...REGISTRY_BUILDS).map(namedRegistryBuild)

const release: fc.Arbitrary<ClusterFacts['release']> = fc.option(build).map((registry) => ({
  ...someFacts().release,
  ...(registry === null || registry === undefined ? {} : { registry }),
}))

const PLACES = ['azure/account/images', 'azure/account/other']

const writersOf: fc.Arbitrary<Writers> = fc.dictionary(
  fc.constantFrom(...PLACES),
  fc.constantFrom<RegistryBuild>({ _tag: 'OpenShift' }, { _tag: 'Distribution', version: [3, 1] }),
)

const KNOWN_CONTENTS = [
  content('Secret', names.CONFIG_NAMESPACE, names.CLUSTER_PULL_SECRET, ['.dockerconfigjson', 'a']),
  withCertificate(
    content('Secret', NAMESPACE, names.SERVING_CERTIFICATE_SECRET, [
      'ca.crt',
      'tls.crt',
      'tls.key',
    ]),
  ),
  withCertificate(content('Secret', NAMESPACE, names.SIGNER_SECRET, ['tls.crt', 'tls.key'])),
  content('Secret', NAMESPACE, names.PRIVATE_CONFIGURATION_SECRET, ['REGISTRY_HTTP_SECRET', 'a']),
  withReadings(content('Secret', NAMESPACE, names.USER_CREDENTIALS_SECRET, USER_KEYS)),
  withReadings(content('Secret', NAMESPACE, names.MINTED_CREDENTIALS_SECRET, MINTED_KEYS)),
  content('ConfigMap', NAMESPACE, names.TRUSTED_CA_CONFIG_MAP, ['ca-bundle.crt']),
  content('Secret', NAMESPACE, names.FIRST_USER_SECRET, ['password', 'username']),
  withUsers(content('Secret', NAMESPACE, names.USERS_SECRET, [names.HTPASSWD_KEY, 'a'])),
  content('ConfigMap', NAMESPACE, names.TOKEN_AUTH_CONFIG_MAP, ['realm', 'rootcertbundle']),
]

const bundle = (
  namespace: string,
  name: string,
  keys: ReadonlyArray<string>,
): fc.Arbitrary<ClusterFacts['bundles']> =>
  fc
    .option(
      fc.record({
        data: fc.dictionary(fc.constantFrom(...keys), fc.string()),
        binaryData: fc.dictionary(fc.constantFrom(...keys.map((key) => `${key}.der`)), fc.string()),
      }),
    )
    .map((found) => (found === null ? [] : [{ namespace, name, ...found }]))

const tokenAuth: fc.Arbitrary<ClusterFacts['bundles']> = fc
  .option(fc.subarray(['realm', 'service', 'issuer', 'rootcertbundle', 'jwks']))
  .map((keys) =>
    keys === null
      ? []
      : [
          {
            namespace: NAMESPACE,
            name: names.TOKEN_AUTH_CONFIG_MAP,
            data: Object.fromEntries(keys.map((key) => [key, PEM])),
            binaryData: {},
          },
        ],
  )

const bundles: fc.Arbitrary<ClusterFacts['bundles']> = fc
  .tuple(
    tokenAuth,
    bundle(NAMESPACE, names.SERVICE_CA_CONFIG_MAP, ['service-ca.crt', 'a']),
    bundle(NAMESPACE, names.CERTIFICATES_CONFIG_MAP, ['a..5000', 'b']),
    bundle(names.CONFIG_NAMESPACE, 'mine', ['a..5000', 'b', 'ca-bundle.crt']),
    bundle(names.CONFIG_NAMESPACE, names.CLOUD_PROVIDER_CONFIG_MAP, ['ca-bundle.pem']),
  )
  .map((all) => all.flat())

const imageConfig: fc.Arbitrary<ClusterFacts['imageConfig']> = fc.record({
  exists: fc.boolean(),
  additionalTrustedCa: fc.constantFrom('', 'mine'),
  importMode: fc.constantFrom(
    E.right(undefined),
    E.right('Legacy' as const),
    E.left({ _tag: 'ClusterVersionMissing' as const }),
  ),
})

/** Of what the configuration names, some is there and some is not. */
const routeContents = (config: Config): fc.Arbitrary<ReadonlyArray<ContentDigests>> =>
  fc
    .tuple(
      ...[...new Set(config.routes.map(({ secretName }) => secretName))].map((name) =>
        content('Secret', NAMESPACE, name, ['tls.crt', 'tls.key', 'tls.cacrt']),
      ),
    )
    .map((all) => all.flat())

const claims = (config: Config): fc.Arbitrary<ClusterFacts['claims']> =>
  fc.uniqueArray(
    fc.record({
      name:
        config.storage._tag === 'Pvc' ? fc.constantFrom('other', config.storage.claim) : dnsLabel,
      accessModes: fc.subarray(['ReadWriteOnce', 'ReadWriteMany', 'ReadWriteOncePod']),
      ours: fc.boolean(),
    }),
    { selector: ({ name }) => name, maxLength: 2 },
  )

/** Any cluster that such a configuration can meet, its lists and maps in any order. */
export const arbitraryFactsFor = (config: Config): fc.Arbitrary<ClusterFacts> =>
  fc
    .record({
      platform: fc.constantFrom('OpenShift' as const, 'Kubernetes' as const),
      servedGroups: fc.shuffledSubarray([
        '',
        'apps',
        'route.openshift.io',
        'cert-manager.io',
        'monitoring.coreos.com',
        'storage.k8s.io',
        'gateway.networking.k8s.io',
      ]),
      clusterProxy: fc.record({
        http: fc.constantFrom('', 'http://proxy'),
        https: fc.constantFrom('', 'https://proxy'),
        noProxy: fc.constantFrom('', '.svc'),
      }),
      infrastructure,
      fsGroup,
      nodeTopologyLabels: fc.shuffledSubarray([
        'node-role.kubernetes.io/worker',
        'topology.kubernetes.io/zone',
      ]),
      podsInTheWay: fc.boolean(),
      contents: fc.tuple(...KNOWN_CONTENTS, routeContents(config)).map((all) => all.flat()),
      bundles,
      imageConfig,
      certificates,
      serviceAddresses: fc.subarray(['10.0.0.7', 'fd00::7']),
      time: fc.option(
        fc.record({ now: fc.constant('2026-01-01T00:00:00Z'), servicePort: fc.constant(5000) }),
      ),
      claims: claims(config),
      classes: fc.constantFrom({}, { defaultStorageClass: 'standard' }),
      release,
      writers: fc.record({ remembered: writersOf, said: writersOf }),
      foreignExposures: fc.shuffledSubarray([
        'BackendTLSPolicy/image-registry' as const,
        ...['default-route', ...config.routes.map(({ name }) => name)].flatMap((name) => [
          `HTTPRoute/${name}` as const,
          `Ingress/${name}` as const,
        ]),
      ]),
      servesBackendTls: fc.boolean(),
      foreignRoutes: fc.shuffledSubarray([
        'default-route',
        ...config.routes.map(({ name }) => name),
      ]),
    })
    .map(({ time, classes, ...facts }) => someFacts({ ...facts, ...time, ...classes }))
