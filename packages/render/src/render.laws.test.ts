import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { digestOfJson } from './digest'
import type { ClusterFacts, Config } from './model'
import { names, refOf, registryBuild } from './model'
import { renderConfig } from './testing/render-config'
import { aConfig } from './testing/a-config'
import { arbitraryFactsFor } from './testing/cluster-facts.arbitrary'
import { arbitraryConfig, arbitraryManagedConfig } from './testing/config.arbitrary'
import { desiredOf, keysOf } from './testing/desired-objects'
import { permuted } from './testing/permuted'
import { someContent, someFacts } from './testing/some-facts'

const inputs = (configs: fc.Arbitrary<Config>): fc.Arbitrary<readonly [Config, ClusterFacts]> =>
  configs.chain((config) => fc.tuple(fc.constant(config), arbitraryFactsFor(config)))

const managed = inputs(arbitraryManagedConfig)

const shuffled = <A>(items: ReadonlyArray<A>): fc.Arbitrary<ReadonlyArray<A>> =>
  fc.shuffledSubarray([...items], { minLength: items.length })

const inAnotherOrder = ([config, facts]: readonly [Config, ClusterFacts]) =>
  fc.tuple(
    permuted(config),
    // A problem is handed on as it is, so its fields stay in their order.
    permuted(facts).map((same) => ({
      ...same,
      fsGroup: facts.fsGroup,
      imageConfig: facts.imageConfig,
      release: facts.release,
      writers: facts.writers,
    })),
    fc.record({
      servedGroups: shuffled(facts.servedGroups),
      nodeTopologyLabels: shuffled(facts.nodeTopologyLabels),
      contents: shuffled(facts.contents),
      bundles: shuffled(facts.bundles),
      claims: shuffled(facts.claims),
      foreignRoutes: shuffled(facts.foreignRoutes),
      foreignExposures: shuffled(facts.foreignExposures),
    }),
  )

/** Who makes the certificate decides which of these there are. */
const OF_CERTIFICATE: ReadonlyArray<string> = [
  names.SERVING_CERTIFICATE_SECRET,
  names.SIGNER_SECRET,
  names.SELF_SIGNED_ISSUER,
  names.SERVING_CA_CONFIG_MAP,
]

/** How clients are let in decides which of these there are. */
const OF_ACCESS: ReadonlyArray<string> = [names.FIRST_USER_SECRET, names.HTPASSWD_SECRET]

/** Kinds of what is there where Prometheus can be told of it. */
const OF_PROMETHEUS: ReadonlyArray<string> = ['ServiceMonitor', 'PrometheusRule']

describe('the laws of render', () => {
  it('it never fails, and says of every object either what it is or why not', () => {
    fc.assert(
      fc.property(inputs(arbitraryConfig), ([config, facts]) => {
        const { objects, withheld } = renderConfig(config, facts)
        const routes = config.routes.length + (config.defaultRoute ? 1 : 0)
        const claims = config.storage._tag === 'Pvc' && config.storage.origin === 'default' ? 1 : 0
        const refs = [
          ...objects.map(({ object }) => refOf(object)),
          ...withheld.map(({ ref }) => ref),
        ]
        const others = refs
          // There is one for all HTTPRoutes.
          .filter(({ kind }) => kind !== 'BackendTLSPolicy' && !OF_PROMETHEUS.includes(kind))
          .map(({ name }) => name)
          .filter((name) => !OF_CERTIFICATE.includes(name) && !OF_ACCESS.includes(name))
          .filter((name) => name !== names.METRICS_SERVICE_NAME)
        // Only OpenShift's registry may ask the cluster for something, and pulls through.
        const always = registryBuild(facts)._tag === 'OpenShift' ? 9 : 6
        expect(others.length).toBe(
          config.managementState === 'Managed' ? always + routes + claims : 0,
        )
      }),
    )
  })

  it('the order of its inputs does not show in its output', () => {
    const twice = managed.chain((input) => fc.tuple(fc.constant(input), inAnotherOrder(input)))
    fc.assert(
      fc.property(twice, ([[config, facts], [sameConfig, sameFacts, lists]]) => {
        expect(JSON.stringify(renderConfig(sameConfig, { ...sameFacts, ...lists }))).toBe(
          JSON.stringify(renderConfig(config, facts)),
        )
      }),
    )
  })

  it('no object comes twice', () => {
    fc.assert(
      fc.property(managed, ([config, facts]) => {
        const keys = keysOf(renderConfig(config, facts))
        expect(new Set(keys).size).toBe(keys.length)
      }),
    )
  })

  it('every name in a namespace is a DNS label of at most 63 characters', () => {
    fc.assert(
      fc.property(managed, ([config, facts]) => {
        renderConfig(config, facts)
          .objects.filter(({ object }) => object.metadata.namespace !== undefined)
          .forEach(({ object }) =>
            expect(object.metadata.name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/),
          )
      }),
    )
  })

  it('every object that is kept as it is carries the digest of the rest of it', () => {
    fc.assert(
      fc.property(managed, ([config, facts]) => {
        renderConfig(config, facts)
          .objects.filter(({ mode }) => mode === 'converge')
          // What comes into being with a value does not count in them.
          .filter(
            ({ object: { metadata } }) =>
              ![
                names.PRIVATE_CONFIGURATION_SECRET,
                names.SIGNER_SECRET,
                names.FIRST_USER_SECRET,
              ].includes(metadata.name),
          )
          // The original's has none.
          .filter(({ object }) => object.kind !== 'NetworkPolicy')
          .forEach(({ object }) => {
            const { [names.CHECKSUM_ANNOTATION]: checksum, ...others } =
              object.metadata.annotations ?? {}
            const { annotations: _, ...metadata } = object.metadata
            const rest =
              Object.keys(others).length === 0 ? metadata : { ...metadata, annotations: others }
            expect(checksum).toBe(digestOfJson({ ...object, metadata: rest }))
          })
      }),
    )
  })

  it('where a secret value goes stands a digest, or the word for one that is yet to come', () => {
    fc.assert(
      fc.property(managed, ([config, facts]) => {
        renderConfig(config, facts)
          .objects.filter(({ object }) => object.kind === 'Secret')
          .forEach(({ object, fills }) => {
            const data = Object.entries(object['data'] as Record<string, string>)
            data.forEach(([, value]) => expect(value).toMatch(/^(sha256:[0-9a-f]{64}|generated)$/))
            expect(fills.map(({ path }) => path[1])).toEqual(data.map(([key]) => key))
          })
      }),
    )
  })
})

/** One change of every field that says how a running registry should be, from the plainest configuration. */
const CHANGES: {
  readonly [
    Field in Exclude<
      keyof Config,
      | 'uid'
      | 'managementState'
      | 'storageManagement'
      | 'recordedStorage'
      | 'storageConsents'
      | 'claim'
      | 'certificateIssuer'
      // On plain Kubernetes only.
      | 'access'
      | 'exposure'
      | 'operatorLogLevel'
      | 'decisions'
    >
  ]-?: Config[Field]
} = {
  replicas: 3,
  rolloutStrategy: 'Recreate',
  registryLogLevel: 'debug',
  storage: { _tag: 'Pvc', claim: names.DEFAULT_CLAIM_NAME, origin: 'default' },
  httpSecret: { _tag: 'FromSpec', digest: 'sha256:0' },
  proxy: { http: 'http://proxy', https: '', noProxy: '' },
  readOnly: true,
  disableRedirect: true,
  defaultRoute: true,
  routes: [{ name: 'a', hostname: '', secretName: '' }],
  requests: {
    read: { maxRunning: 1, maxInQueue: 0, maxWaitInQueueNs: 0n },
    write: { maxRunning: 0, maxInQueue: 0, maxWaitInQueueNs: 0n },
  },
  resources: {},
  nodeSelector: {},
  tolerations: [{ operator: 'Exists' }],
  affinity: {},
  topologySpreadConstraints: [],
  tls: { minVersion: 'VersionTLS13', cipherSuites: [] },
  overrides: { annotations: { a: 'b' } },
}

describe('a change of the configuration', () => {
  it.each(Object.entries(CHANGES))('of %s alone changes what is desired', (field, value) => {
    const changed = { ...aConfig(), [field]: value }
    expect(renderConfig(changed, someFacts())).not.toEqual(renderConfig(aConfig(), someFacts()))
  })

  it('that leaves a container as it is leaves the Deployment as it is', () => {
    const routed = aConfig({ defaultRoute: true, storageManagement: 'Unmanaged' })
    expect(desiredOf(renderConfig(routed, someFacts()), 'Deployment')).toEqual(
      desiredOf(renderConfig(aConfig(), someFacts()), 'Deployment'),
    )
  })
})

describe('a fact that the registry does not depend on', () => {
  it('changes nothing', () => {
    const more = someFacts({
      singleReplicaControlPlane: true,
      contents: [...someFacts().contents, someContent('ConfigMap', 'kube-root-ca.crt', { a: 'b' })],
    })
    expect(renderConfig(aConfig(), more)).toEqual(renderConfig(aConfig(), someFacts()))
  })
})
