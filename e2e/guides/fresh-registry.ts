import type { ClusterClient, KubeObject } from '../cluster/cluster-client'
import { untilComplete, untilCondition, untilSettled } from '../harness/config-status'
import { clusterOperatorPath, configPath } from '../harness/registry-objects'

const READY_WITHIN_MS = 300_000

/** One pod whose images are on the node: what a guide begins with unless it needs more. */
export const onNode = { managementState: 'Managed', replicas: 1, storage: { emptyDir: {} } }

/** Annotations of an earlier guide go with what it said; labels and the finalizer stay. */
const replaced = (config: KubeObject, made: object): unknown => {
  const { annotations: _, ...metadata } = config.metadata
  return { ...made, metadata }
}

const write = async (client: ClusterClient, spec: object): Promise<void> => {
  const made = { apiVersion: 'imageregistry.operator.openshift.io/v1', kind: 'Config', spec }
  const { code, body } = await client.request('GET', configPath)
  const answer =
    code === 404
      ? await client.request('POST', configPath.replace(/\/cluster$/, ''), {
          ...made,
          metadata: { name: 'cluster' },
        })
      : // Whatever the API server returns from there is an object.
        await client.request('PUT', configPath, replaced(body as KubeObject, made))
  // The operator has made or written it meanwhile.
  if (answer.code === 409) return write(client, spec)
  if (answer.code >= 300) throw new Error(`The Config is refused: ${JSON.stringify(answer.body)}`)
}

/** The Config says this and nothing else, whatever it said before, and the registry is as it says. */
export const freshRegistry = async (
  client: ClusterClient,
  spec: object = onNode,
): Promise<KubeObject> => {
  await write(client, spec)
  // Pods of a real node take half a minute to come and to go, where nobody else is at work.
  await untilCondition(client, 'Ready', 'True', READY_WITHIN_MS)
  const { code } = await client.request('GET', clusterOperatorPath.replace(/\/[^/]+$/, ''))
  return code === 404 ? untilComplete(client) : untilSettled(client)
}
