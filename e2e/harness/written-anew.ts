import type { KubeObject } from '../cluster/cluster-client'
import { type Fields, isFields } from '@image-registry-operator/render/testing'

/** What stands in one cluster in the place of what a recording leaves out. */
export type Values = Readonly<{
  /** The bundle that service-ca hands out. */
  serviceCa: string
  /** The content of the cluster's pull secret, in base64. */
  pullSecret: string
}>

/** Long enough, and the same in the Config and in the pods. */
const HTTP_SECRET = '5a'.repeat(64)

const withTexts = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => withTexts(item, change))
  if (!isFields(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withTexts(inner, change)]),
  )
}

const isSecretName = ({ kind, metadata }: KubeObject, name: string): boolean =>
  kind === 'Secret' && metadata.name === name

/** A recorded object as it can be written into a cluster. */
export const writtenAnew = (object: KubeObject, { serviceCa, pullSecret }: Values): KubeObject => {
  const text = (given: string): string =>
    given === 'random'
      ? HTTP_SECRET
      : given.replaceAll('service CA\n', serviceCa.endsWith('\n') ? serviceCa : `${serviceCa}\n`)
  // Every text stays one, so that an object does.
  const anew = withTexts(object, text) as KubeObject & Fields
  return isSecretName(object, 'installation-pull-secrets')
    ? { ...anew, data: { '.dockerconfigjson': pullSecret } }
    : anew
}
