import { type JsonObject, type KubeObject, type Problem, textOf } from '../model'

/** What people have said with an annotation; empty where they have not. */
export const saidWith = ({ metadata: { annotations = {} } }: KubeObject, name: string): string => {
  const all: JsonObject = annotations
  return textOf(all[name])
}

/** What is wrong with an annotation, and what to do. */
export const annotationProblem = (name: string, message: string, remedy: string): Problem => ({
  path: `metadata.annotations[${JSON.stringify(name)}]`,
  message,
  remedy,
})
