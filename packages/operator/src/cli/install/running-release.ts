import {
  isJsonObject,
  namedRegistryBuild,
  names,
  objectsOf,
  textOf,
  type Json,
  type JsonObject,
  type Release,
  type Snapshot,
} from '@image-registry-operator/render/model'

const child = (value: Json | undefined, name: string): Json | undefined =>
  isJsonObject(value) ? value[name] : undefined

type Workload = {
  readonly kind: string
  readonly name: string
  readonly container: string
  /** From its spec to that of its pods. */
  readonly podSpec: ReadonlyArray<string>
}

const REGISTRY: Workload = {
  kind: 'Deployment',
  name: names.REGISTRY_NAME,
  container: 'registry',
  podSpec: ['template', 'spec'],
}

const NODE_CA: Workload = {
  kind: 'DaemonSet',
  name: names.NODE_CA_NAME,
  container: names.NODE_CA_NAME,
  podSpec: ['template', 'spec'],
}

const PRUNER: Workload = {
  kind: 'CronJob',
  name: names.PRUNER_NAME,
  container: names.PRUNER_NAME,
  podSpec: ['jobTemplate', 'spec', 'template', 'spec'],
}

const OPERATOR: Workload = {
  kind: 'Deployment',
  name: 'cluster-image-registry-operator',
  container: 'cluster-image-registry-operator',
  podSpec: ['template', 'spec'],
}

const found = (snapshot: Snapshot, { kind, name }: Workload): JsonObject | undefined =>
  snapshot
    .filter(isJsonObject)
    .find(
      (value) =>
        value['kind'] === kind &&
        child(value['metadata'], 'name') === name &&
        child(value['metadata'], 'namespace') === names.REGISTRY_NAMESPACE,
    )

const containerOf = (snapshot: Snapshot, workload: Workload): JsonObject | undefined => {
  const pod = workload.podSpec.reduce(child, found(snapshot, workload)?.['spec'])
  return objectsOf(child(pod, 'containers')).find(({ name }) => name === workload.container)
}

const imageOf = (snapshot: Snapshot, workload: Workload): string =>
  textOf(containerOf(snapshot, workload)?.['image'])

/** As the operator that runs there has been told. */
const registryOf = (snapshot: Snapshot): Pick<Release, 'registry'> => {
  const variables = objectsOf(containerOf(snapshot, OPERATOR)?.['env'])
  const said = variables.find(({ name }) => name === 'REGISTRY_BUILD')?.['value']
  const registry = namedRegistryBuild(textOf(said))
  return registry === undefined ? {} : { registry }
}

const versionOf = (snapshot: Snapshot): string =>
  textOf(
    child(child(found(snapshot, REGISTRY)?.['metadata'], 'annotations'), names.VERSION_ANNOTATION),
  )

/**
 * A release in which whatever nobody said is as it runs. Without that, everybody who asks from a laptop what
 * would change would be told that the images do.
 */
export const completedFrom = (snapshot: Snapshot, release: Release): Release => ({
  ...registryOf(snapshot),
  ...release,
  registryImage: release.registryImage || imageOf(snapshot, REGISTRY),
  operatorImage: release.operatorImage || imageOf(snapshot, NODE_CA),
  prunerImage: release.prunerImage || imageOf(snapshot, PRUNER),
  version: release.version || versionOf(snapshot),
})
