/** Whose an entry is, as numbers: the names of users are those of some machine. */
export type Owner = { readonly uid: number; readonly gid: number }

type Common = Owner & {
  /** From the root, without a slash before it: `usr/bin/node`. */
  readonly path: string
}

/** One thing in the file system of an image. */
export type Entry =
  | (Common & { readonly _tag: 'File'; readonly mode: number; readonly content: Uint8Array })
  | (Common & { readonly _tag: 'Folder'; readonly mode: number })
  | (Common & { readonly _tag: 'Link'; readonly target: string })

const ROOT: Owner = { uid: 0, gid: 0 }

/** A file that all may read, but for another mode. */
export const file = (
  path: string,
  content: Uint8Array | string,
  { mode = 0o644, owner = ROOT }: { readonly mode?: number; readonly owner?: Owner } = {},
): Entry => ({
  _tag: 'File',
  path,
  content: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  mode,
  ...owner,
})

/** A folder that all may enter, but for another mode. */
export const folder = (
  path: string,
  { mode = 0o755, owner = ROOT }: { readonly mode?: number; readonly owner?: Owner } = {},
): Entry => ({ _tag: 'Folder', path, mode, ...owner })

/** A symbolic link. */
export const link = (path: string, target: string): Entry => ({
  _tag: 'Link',
  path,
  target,
  ...ROOT,
})
