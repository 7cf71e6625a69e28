import { type JsonObject, type KubeObject, names, type ObjectRef } from '../../model'

/** An object in our namespace that leads to the registry, marked as ours. */
export const exposedObject = (
  { apiVersion, kind, name }: ObjectRef,
  spec: JsonObject,
  annotations: { readonly [key: string]: string } = {},
): KubeObject => ({
  apiVersion,
  kind,
  metadata: {
    name,
    namespace: names.REGISTRY_NAMESPACE,
    annotations: { ...annotations, [names.OWNERSHIP_ANNOTATION]: 'true' },
  },
  spec,
})
