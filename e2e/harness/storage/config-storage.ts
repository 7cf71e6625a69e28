import type { ClusterClient, KubeObject } from '../../cluster/cluster-client'
import { configPath } from '../registry-objects'

type Fields = Readonly<Record<string, unknown>>

// Whatever the API server gives there is an object, or nothing.
const fields = (value: unknown): Fields => (value ?? {}) as Fields

/** What a Config says of its storage. */
export const storageSpec = ({ spec }: KubeObject): Fields => fields(fields(spec)['storage'])

/** What the status says of where images are. */
export const storageStatus = ({ status }: KubeObject): Fields => fields(fields(status)['storage'])

/** One of the names in a Config: `['s3', 'bucket']`; empty when it is not there. */
export const storageName = (config: KubeObject, [backend, field]: readonly [string, string]) => {
  const name = fields(storageSpec(config)[backend])[field]
  return typeof name === 'string' ? name : ''
}

/** Puts these fields in the place of whatever the Config says of them. */
export const replaceSpec = async (client: ClusterClient, spec: Fields): Promise<KubeObject> => {
  const operations = Object.entries(spec).map(([name, value]) => ({
    op: 'add',
    path: `/spec/${name}`,
    value,
  }))
  return client.send('PATCH', configPath, operations, 'application/json-patch+json')
}
