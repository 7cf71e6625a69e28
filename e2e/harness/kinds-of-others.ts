import type { KubeObject } from '../cluster/cluster-client'

type Kind = Readonly<{ group: string; version: string; kind: string; plural: string }>

const kinds: ReadonlyArray<Kind> = [
  { group: 'cert-manager.io', version: 'v1', kind: 'Certificate', plural: 'certificates' },
  { group: 'cert-manager.io', version: 'v1', kind: 'Issuer', plural: 'issuers' },
  { group: 'gateway.networking.k8s.io', version: 'v1', kind: 'HTTPRoute', plural: 'httproutes' },
  {
    group: 'gateway.networking.k8s.io',
    version: 'v1',
    kind: 'BackendTLSPolicy',
    plural: 'backendtlspolicies',
  },
]

const definition = ({ group, version, kind, plural }: Kind): KubeObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {
    name: `${plural}.${group}`,
    // Groups below k8s.io are refused without a word on who has approved them.
    annotations: {
      'api-approved.kubernetes.io': 'unapproved, stands in for the real one in tests',
    },
  },
  spec: {
    group,
    names: { kind, plural, listKind: `${kind}List`, singular: kind.toLowerCase() },
    scope: 'Namespaced',
    versions: [
      {
        name: version,
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    ],
  },
})

/**
 * What people install on plain Kubernetes and the operator writes objects of, without its schema: any content is accepted, so
 * that these only show that identity and metadata are.
 */
export const kindsOfOthers: ReadonlyArray<KubeObject> = kinds.map(definition)
