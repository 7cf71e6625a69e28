import type { Problem } from '@image-registry-operator/render/model'

/** Something wrong with an input; `where` is the file, and the number of the document in it. */
export type InputProblem = Problem & { readonly where: string }

export const inputProblem = (
  where: string,
  message: string,
  remedy: string,
  path = '',
): InputProblem => ({ where, path, message, remedy })

const sentence = (text: string): string =>
  text === '' ? '' : ` ${text.charAt(0).toUpperCase()}${text.slice(1)}.`

/** One line: `file:document: path: message. Remedy.` */
export const showProblem = ({ where, path, message, remedy }: InputProblem): string =>
  `${[where, path, message].filter((part) => part !== '').join(': ')}.${sentence(remedy)}`
