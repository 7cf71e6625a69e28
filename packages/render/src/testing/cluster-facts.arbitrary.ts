import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'

import type { ClusterFacts, Config, ContentDigests, FactProblem } from '../model'
import { names } from '../model'
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

const content = (
  kind: ContentDigests['kind'],
  namespace: string,
  name: string,
  keys: ReadonlyArray<string>,
): fc.Arbitrary<ReadonlyArray<ContentDigests>> =>
  fc
    .option(fc.dictionary(fc.constantFrom(...keys), digest))
    .map((entries) => (entries === null ? [] : [{ kind, namespace, name, entries }]))

const KNOWN_CONTENTS = [
  content('Secret', names.CONFIG_NAMESPACE, names.CLUSTER_PULL_SECRET, ['.dockerconfigjson', 'a']),
  content('Secret', NAMESPACE, names.SERVING_CERTIFICATE_SECRET, ['tls.crt', 'tls.key']),
  content('Secret', NAMESPACE, names.PRIVATE_CONFIGURATION_SECRET, ['REGISTRY_HTTP_SECRET', 'a']),
  content('ConfigMap', NAMESPACE, names.CERTIFICATES_CONFIG_MAP, ['a..5000', 'b']),
  content('ConfigMap', NAMESPACE, names.TRUSTED_CA_CONFIG_MAP, ['ca-bundle.crt']),
]

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
      servedGroups: fc.shuffledSubarray(['', 'apps', 'route.openshift.io']),
      clusterProxy: fc.record({
        http: fc.constantFrom('', 'http://proxy'),
        https: fc.constantFrom('', 'https://proxy'),
        noProxy: fc.constantFrom('', '.svc'),
      }),
      fsGroup,
      nodeTopologyLabels: fc.shuffledSubarray([
        'node-role.kubernetes.io/worker',
        'topology.kubernetes.io/zone',
      ]),
      contents: fc.tuple(...KNOWN_CONTENTS, routeContents(config)).map((all) => all.flat()),
      claims: claims(config),
      foreignRoutes: fc.shuffledSubarray([
        'default-route',
        ...config.routes.map(({ name }) => name),
      ]),
    })
    .map(someFacts)
