import * as fc from 'fast-check'

import type { AdditionalRoute, Config, JsonObject, RequestLimits, Storage } from '../model'
import { names } from '../model'
import { digestOfText } from '../digest'

/** A name that Kubernetes takes for an object: a DNS label. */
export const dnsLabel = fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/)

/** The digest of some secret value. */
export const digest = fc.string({ maxLength: 5 }).map(digestOfText)

const text = fc.oneof(fc.constant(''), fc.stringMatching(/^[a-z0-9.:/]{1,12}$/))
const labels = fc.dictionary(dnsLabel, text, { maxKeys: 3 })
const proxy = fc.record({ http: text, https: text, noProxy: text })

const limits: fc.Arbitrary<RequestLimits> = fc.record({
  maxRunning: fc.nat(3),
  maxInQueue: fc.nat(3),
  maxWaitInQueueNs: fc.bigInt({ min: 0n, max: 10n ** 13n }),
})

/** Storage outside of Kubernetes; what is empty is not said. */
const cloudStorage: fc.Arbitrary<Storage> = fc.oneof(
  fc.record({
    _tag: fc.constant('S3' as const),
    bucket: text,
    region: text,
    regionEndpoint: text,
    keyId: text,
    chunkSizeMiB: fc.constantFrom(0, 5, 5120),
    encrypt: fc.boolean(),
    virtualHostedStyle: fc.boolean(),
    trustedCa: fc.constantFrom('', 'mine'),
    asSpecified: fc.constant({ bucket: 'a' }),
  }),
  fc.record({
    _tag: fc.constant('Gcs' as const),
    bucket: text,
    region: text,
    projectId: text,
    keyId: text,
    asSpecified: fc.constant({ bucket: 'a' }),
  }),
  fc.record({
    _tag: fc.constant('Azure' as const),
    accountName: text,
    container: text,
    cloudName: fc.constantFrom('', 'AzureChinaCloud', 'azurestackcloud'),
    asSpecified: fc.constant({ container: 'a' }),
  }),
  fc.record({
    _tag: fc.constant('Swift' as const),
    container: text,
    authUrl: text,
    authVersion: fc.constantFrom(1, 2, 3),
    domain: text,
    domainId: text,
    tenant: text,
    tenantId: text,
    regionName: text,
    asSpecified: fc.constant({ container: 'a' }),
  }),
  fc.record({
    _tag: fc.constant('IbmCos' as const),
    bucket: text,
    location: text,
    resourceGroup: text,
    serviceInstanceCrn: text,
    resourceKeyCrn: text,
    asSpecified: fc.constant({ bucket: 'a' }),
  }),
)

const storage: fc.Arbitrary<Storage> = fc.oneof(
  cloudStorage,
  fc.constant({ _tag: 'EmptyDir' as const }),
  fc.constant({
    _tag: 'Pvc' as const,
    claim: names.DEFAULT_CLAIM_NAME,
    origin: 'default' as const,
  }),
  dnsLabel.map((claim) => ({ _tag: 'Pvc' as const, claim, origin: 'named' as const })),
)

const routes: fc.Arbitrary<ReadonlyArray<AdditionalRoute>> = fc.uniqueArray(
  fc.record({ name: dnsLabel, hostname: text, secretName: fc.oneof(fc.constant(''), dnsLabel) }),
  { selector: ({ name }) => name, maxLength: 3 },
)

/** What users write and we hand on: only its shape matters. */
const verbatim: fc.Arbitrary<JsonObject> = fc.dictionary(
  dnsLabel,
  fc.oneof(text, fc.nat(), labels, fc.array(labels, { maxLength: 2 })),
  { maxKeys: 3 },
)

const optional: fc.Arbitrary<
  Pick<
    Config,
    | 'certificateIssuer'
    | 'recordedStorage'
    | 'resources'
    | 'nodeSelector'
    | 'tolerations'
    | 'affinity'
    | 'topologySpreadConstraints'
  >
> = fc.record(
  {
    certificateIssuer: fc.record({
      kind: fc.constantFrom('Issuer' as const, 'ClusterIssuer' as const),
      name: dnsLabel,
    }),
    recordedStorage: storage,
    resources: fc.dictionary(fc.constantFrom('requests', 'limits'), labels, { maxKeys: 2 }),
    nodeSelector: labels,
    tolerations: fc.array(verbatim, { maxLength: 2 }),
    affinity: verbatim,
    topologySpreadConstraints: fc.array(verbatim, { maxLength: 2 }),
  },
  { requiredKeys: [] },
)

const required = fc.record({
  uid: fc.constantFrom('', 'e5b0'),
  claim: fc.record(
    {
      size: fc.constantFrom('100Gi', '1Ti'),
      storageClass: dnsLabel,
      accessMode: fc.constantFrom('ReadWriteMany' as const, 'ReadWriteOnce' as const),
    },
    { requiredKeys: ['size'] },
  ),
  access: fc.record({ anonymous: fc.boolean(), firstUser: fc.boolean() }),
  exposure: fc.record(
    {
      defaultHostname: text,
      gateway: fc.record(
        { namespace: dnsLabel, name: dnsLabel, listener: dnsLabel },
        { requiredKeys: ['namespace', 'name'] },
      ),
      ingressClass: dnsLabel,
    },
    { requiredKeys: ['defaultHostname'] },
  ),
  storageConsents: fc.record(
    {
      recreate: text,
      spent: text,
      confirmed: text,
      making: fc.constantFrom('', 's3/a', 'gcs/a'),
    },
    { requiredKeys: ['recreate', 'confirmed', 'making'] },
  ),
  managementState: fc.constantFrom('Managed' as const, 'Unmanaged' as const, 'Removed' as const),
  replicas: fc.nat(5),
  rolloutStrategy: fc.constantFrom('RollingUpdate' as const, 'Recreate' as const),
  registryLogLevel: fc.constantFrom('debug' as const, 'info' as const, 'warn' as const),
  storage,
  storageManagement: fc.constantFrom('Managed' as const, 'Unmanaged' as const),
  httpSecret: fc.oneof(
    fc.constant({ _tag: 'Generated' as const }),
    digest.map((value) => ({ _tag: 'FromSpec' as const, digest: value })),
  ),
  proxy,
  readOnly: fc.boolean(),
  disableRedirect: fc.boolean(),
  defaultRoute: fc.boolean(),
  routes,
  requests: fc.record({ read: limits, write: limits }),
  tls: fc.record({ minVersion: text, cipherSuites: fc.array(text, { maxLength: 2 }) }),
  operatorLogLevel: fc.constantFrom('Normal' as const, 'Debug' as const),
  decisions: fc.record({
    finalizer: fc.boolean(),
    spec: fc.record(
      { storage: fc.constantFrom({}, { managementState: 'Managed' }), observedConfig: verbatim },
      { requiredKeys: [] },
    ),
  }),
  overrides: fc.record(
    { annotations: labels, runtimeClassName: dnsLabel },
    { requiredKeys: ['annotations'] },
  ),
})

/** Any configuration that decoding can give. */
export const arbitraryConfig: fc.Arbitrary<Config> = fc
  .tuple(required, optional)
  .map(([most, rest]) => ({ ...most, ...rest }))

/** Any configuration of a registry that is to run. */
export const arbitraryManagedConfig: fc.Arbitrary<Config> = arbitraryConfig.map((config) => ({
  ...config,
  managementState: 'Managed' as const,
}))
