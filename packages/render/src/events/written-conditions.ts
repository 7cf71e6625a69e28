import { isJsonObject, type JsonObject, type KubeObject, objectsOf, textOf } from '../model'

/** The Config before this pass, and as it was written in it. */
export type Written = { readonly before: KubeObject | undefined; readonly after: KubeObject }

export const conditionIn = (
  object: KubeObject | undefined,
  type: string,
): JsonObject | undefined => {
  const status = object?.['status']
  return isJsonObject(status)
    ? objectsOf(status['conditions']).find((condition) => condition['type'] === type)
    : undefined
}

/** Empty where there is no such condition. */
export const statusIn = (object: KubeObject | undefined, type: string): string =>
  textOf(conditionIn(object, type)?.['status'])

export const reasonIn = (object: KubeObject | undefined, type: string): string =>
  textOf(conditionIn(object, type)?.['reason'])

export const sinceIn = (object: KubeObject | undefined, type: string): string =>
  textOf(conditionIn(object, type)?.['lastTransitionTime'])

export const messageIn = (object: KubeObject, type: string): string =>
  textOf(conditionIn(object, type)?.['message'])

/** The condition's status was the one and is the other. */
export const turned = (
  type: string,
  from: string,
  to: string,
  { before, after }: Written,
): boolean => statusIn(before, type) === from && statusIn(after, type) === to
