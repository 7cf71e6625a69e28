import { type NodeFiles, systemNodeFiles } from '../node-folders/node-files'

/** The disk of this machine, which works until the given number of changes has been made; then nothing works any more, as after a crash. */
export const crashingAfter = (
  changes: number,
): NodeFiles & { readonly hasCrashed: () => boolean } => {
  let left = changes
  const gone = () => Promise.reject(new Error('crashed'))
  const change =
    <Args extends ReadonlyArray<unknown>>(act: (...args: Args) => Promise<void>) =>
    (...args: Args): Promise<void> => {
      left -= 1
      return left < 0 ? gone() : act(...args)
    }
  const look =
    <Args extends ReadonlyArray<unknown>, A>(act: (...args: Args) => Promise<A>) =>
    (...args: Args): Promise<A> =>
      left < 0 ? gone() : act(...args)
  const files = systemNodeFiles
  return {
    list: look(files.list),
    kind: look(files.kind),
    read: look(files.read),
    write: change(files.write),
    makeFolder: change(files.makeFolder),
    flushFolder: look(files.flushFolder),
    rename: change(files.rename),
    removeFile: change(files.removeFile),
    removeEmptyFolder: change(files.removeEmptyFolder),
    removeTree: change(files.removeTree),
    hasCrashed: () => left < 0,
  }
}
