import type { Problem } from '@image-registry-operator/render/model'

/** Something wrong with an input; `where` is the file, and the number of the document in it. */
export type InputProblem = Problem & { readonly where: string }

export const inputProblem = (
  where: string,
  message: string,
  remedy: string,
  path = '',
): InputProblem => ({ where, path, message, remedy })

/** One line, as the status says it too: `file:document: path: message; remedy` */
export const showProblem = ({ where, path, message, remedy }: InputProblem): string => {
  const what = [where, path, message].filter((part) => part !== '').join(': ')
  return remedy === '' ? what : `${what}; ${remedy}`
}
