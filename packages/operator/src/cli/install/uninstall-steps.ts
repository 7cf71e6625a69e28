import { names } from '@image-registry-operator/render/model'

/** One command of an uninstallation, and what it does. */
export type UninstallStep = { readonly does: string; readonly command: string }

const CONFIG = `${names.CONFIG_DEFINITION_NAME}/${names.SINGLETON_NAME}`

/** A value as a shell takes it. Ours hold no apostrophes. */
const quoted = (value: unknown): string => `'${JSON.stringify(value)}'`

const patch = (type: 'merge' | 'json', value: unknown): string =>
  `kubectl patch ${CONFIG} --type=${type} -p ${quoted(value)}`

/** Nobody is left to take it off, and nothing to wait for. Those of others stay where they are. */
const withoutFinalizer = (finalizers: ReadonlyArray<string>): UninstallStep => {
  const path = `/metadata/finalizers/${finalizers.indexOf(names.FINALIZER)}`
  return {
    does: 'let the Config go, which the operator would keep until the registry has gone',
    command: patch('json', [
      { op: 'test', path, value: names.FINALIZER },
      { op: 'remove', path },
    ]),
  }
}

const REMOVED: ReadonlyArray<UninstallStep> = [
  {
    does: 'have the operator remove the registry, and the storage that it made',
    command: patch('merge', { spec: { managementState: 'Removed' } }),
  },
  {
    does: 'wait until it has begun',
    command: `kubectl wait ${CONFIG} --for=condition=Removed --timeout=5m`,
  },
  {
    does: 'wait until nothing of the registry is left',
    command: `kubectl wait ${CONFIG} --for=condition=Progressing=False --timeout=60m`,
  },
]

const STOPPED: UninstallStep = {
  does: 'stop the operator, which would make a new registry where there is no Config',
  command: `kubectl delete deployment cluster-image-registry-operator -n ${names.REGISTRY_NAMESPACE} --cascade=foreground --ignore-not-found`,
}

/** The commands of an uninstallation, in order. `finalizers` are those of the Config; undefined where there is none. */
export const uninstallSteps = (
  finalizers: ReadonlyArray<string> | undefined,
  monitoring: boolean,
): ReadonlyArray<UninstallStep> => [
  ...(finalizers === undefined ? [] : REMOVED),
  STOPPED,
  ...(finalizers?.includes(names.FINALIZER) === true ? [withoutFinalizer(finalizers)] : []),
  {
    does: 'remove its permissions, node-trust where it is installed and, last, the definitions',
    command: `image-registry-operator uninstall -o yaml${monitoring ? ' --monitoring' : ''} | kubectl delete --ignore-not-found -f -`,
  },
]
