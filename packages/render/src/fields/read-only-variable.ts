import { type KubeObject, names, objectsOf } from '../model'
import { type FieldPath, fieldStep, itemStep, showPath } from './field-path'
import { keysAt } from './field-tree'
import { appliedFields } from './managed-fields'
import { valueAt } from './value-at'

const CONTAINERS = ['spec', 'template', 'spec', 'containers'].map(fieldStep)

/** Where a Deployment tells its pods to take no pushes. */
type ReadOnlyVariable = {
  /** For people. */
  readonly path: string
  /** For a JSON patch. */
  readonly pointer: string
}

// `kubectl get -o yaml` leaves out who holds what.
const isHeldByUs = (deployment: KubeObject, path: FieldPath): boolean => {
  const held = appliedFields(deployment, names.FIELD_MANAGER)
  return held === undefined || keysAt(held, path) !== undefined
}

/** Where we tell the registry's pods to take no pushes; undefined where we do not: somebody else may. */
export const readOnlyVariable = (deployment: KubeObject): ReadOnlyVariable | undefined =>
  objectsOf(valueAt(deployment, CONTAINERS))
    .flatMap((container, at) =>
      objectsOf(container['env']).flatMap((variable, index) => {
        const { name, value } = variable
        const path = [
          ...CONTAINERS,
          itemStep({ name: container['name'] ?? '' }),
          fieldStep('env'),
          itemStep({ name: names.READ_ONLY_VARIABLE }),
        ]
        return name === names.READ_ONLY_VARIABLE &&
          value === names.READ_ONLY_VARIABLE_VALUE &&
          isHeldByUs(deployment, path)
          ? [
              {
                path: showPath(path),
                pointer: `/spec/template/spec/containers/${at}/env/${index}`,
              },
            ]
          : []
      }),
    )
    .at(0)
