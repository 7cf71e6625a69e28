import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import {
  type ClusterFacts,
  type KubeObject,
  names,
  objectRef,
  type ObjectRef,
  type RenderProblem,
  type Wishes,
} from '../../model'
import { converging, type Rendered, withheld } from '../rendered'
import { STORAGE_KEY } from './assembled'
import { bundle, type Content } from './bundle'
import { authoritiesForCluster, authoritiesForRegistry } from './trusted-authorities'

/**
 * The bundles of certificate authorities: of the registry and the nodes, and on OpenShift of the cluster. They are
 * independent of each other.
 */
export const certificates = (wishes: Wishes, facts: ClusterFacts): ReadonlyArray<Rendered> =>
  isStorageUnclear(wishes, facts) || isAuthorityAskedFor(facts)
    ? []
    : [
        configMap(REGISTRY_REF, authoritiesForRegistry(wishes, facts)),
        ...(facts.platform === 'OpenShift'
          ? [configMap(CLUSTER_REF, authoritiesForCluster(wishes, facts))]
          : []),
      ]

/**
 * Who is to be asked for the authority of the registry has not been asked yet: this pass does. In the next one it can be
 * said at once, and nothing has to be written twice.
 */
const isAuthorityAskedFor = (facts: ClusterFacts): boolean =>
  facts.platform === 'OpenShift' &&
  E.isRight(facts.infrastructure) &&
  bundle(facts, names.REGISTRY_NAMESPACE, names.SERVICE_CA_CONFIG_MAP) === undefined

/** The registry runs on a storage that needs authorities, and a Config that cannot be used does not say which. */
const isStorageUnclear = ({ config }: Wishes, facts: ClusterFacts): boolean =>
  E.isLeft(config) &&
  config.left._tag === 'InvalidConfig' &&
  Object.hasOwn(
    bundle(facts, names.REGISTRY_NAMESPACE, names.CERTIFICATES_CONFIG_MAP)?.data ?? {},
    STORAGE_KEY,
  )

const REGISTRY_REF = objectRef(
  'v1',
  'ConfigMap',
  names.CERTIFICATES_CONFIG_MAP,
  names.REGISTRY_NAMESPACE,
)

const CLUSTER_REF = objectRef(
  'v1',
  'ConfigMap',
  names.REGISTRY_CA_CONFIG_MAP,
  names.CONFIG_MANAGED_NAMESPACE,
)

const configMap = (ref: ObjectRef, content: E.Either<RenderProblem, Content>): Rendered =>
  pipe(
    content,
    E.matchW(
      (problem) => withheld(ref, problem),
      (found) => converging(configMapWith(ref, found)),
    ),
  )

const configMapWith = (
  { apiVersion, kind, ...identity }: ObjectRef,
  { data, binaryData }: Content,
): KubeObject => ({
  apiVersion,
  kind,
  metadata: { ...identity, annotations: { 'openshift.io/owning-component': 'Image Registry' } },
  ...(isEmpty(data) ? {} : { data }),
  ...(isEmpty(binaryData) ? {} : { binaryData }),
})

const isEmpty = (texts: Content['data']): boolean => Object.keys(texts).length === 0
