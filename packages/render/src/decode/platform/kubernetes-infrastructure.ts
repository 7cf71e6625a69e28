import { type InfrastructureFacts, type KubeObject, names, type UnreadMachine } from '../../model'

import { machinePlace } from './provider-id'
import type { ForeignReadings } from '../readings'

type Sources = Pick<ForeignReadings, 'machines'> & {
  /** In the order of their names. */
  readonly nodes: ReadonlyArray<KubeObject>
  /** `kube-system`. */
  readonly firstNamespace?: KubeObject
}

const labelOf = ({ metadata: { labels = {} } }: KubeObject, name: string): string =>
  Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''

const regionsOf = (nodes: ReadonlyArray<KubeObject>): ReadonlyArray<string> =>
  nodes.map((node) => labelOf(node, names.REGION_LABEL)).filter((region) => region !== '')

/** Two groups of a random uid: twelve digits, so that no two clusters come to the same name of a bucket. */
const DIGITS = 12

const clusterName = (namespace: KubeObject | undefined): string => {
  const digits = (namespace?.metadata.uid ?? '').replace(/[^0-9A-Za-z]/g, '').slice(0, DIGITS)
  return digits === '' ? '' : `k${digits.toLowerCase()}`
}

/** A node that its cloud has taken in says so by a region; any other may have no machine to tell of yet. */
const nodeToRead = (nodes: ReadonlyArray<KubeObject>): KubeObject | undefined =>
  nodes.find((node) => labelOf(node, names.REGION_LABEL) !== '') ?? nodes[0]

const unreadMachine = (nodes: ReadonlyArray<KubeObject>, message: string): UnreadMachine => {
  const node = nodeToRead(nodes)
  return {
    ...(node === undefined ? {} : { node: node.metadata.name }),
    ...(message === '' ? {} : { problem: message }),
  }
}

type Place = Partial<InfrastructureFacts> & Pick<InfrastructureFacts, 'platformType'>

// A region that is a label only says nothing of a cloud: people name their racks so as well.
const placeOf = (providerId: string, nodes: ReadonlyArray<KubeObject>): Place => {
  const place = machinePlace(providerId)
  const [region] = regionsOf(nodes)
  return place.platformType === '' || region === undefined ? place : { ...place, region }
}

/** What plain Kubernetes runs on, by one of its nodes, and what it is called by its first namespace. */
export const kubernetesInfrastructure = ({
  machines,
  nodes,
  firstNamespace,
}: Sources): InfrastructureFacts => {
  const { spec = {}, status = {} } =
    machines.find(({ object }) => object.metadata.name === names.SINGLETON_NAME)?.read ?? {}
  const place: Place =
    spec.providerID === undefined
      ? { platformType: '', unread: unreadMachine(nodes, status.message ?? '') }
      : placeOf(spec.providerID, nodes)
  return {
    infrastructureName: clusterName(firstNamespace),
    singleReplicaInfrastructure: nodes.length === 1,
    objectStore: 'unknown',
    ...place,
  }
}
