import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { programOnPath } from '../installed/tools'
import { imageLinks } from './image-files'

/** A file or a folder of this machine, and where the container sees it. */
export type Mount = Readonly<{ source: string; target: string; readOnly: boolean }>

/** What a container sees as `/`. */
export type PodRoot = Readonly<{
  /** An empty folder to build it on. */
  folder: string
  mounts: ReadonlyArray<Mount>
  /** Whether what is not a volume can be written to. */
  isWritable: boolean
}>

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const mountLines = (folder: string, { source, target, readOnly }: Mount): ReadonlyArray<string> => {
  const at = quoted(join(folder, target))
  const makePoint = lstatSync(source).isDirectory()
    ? `mkdir -p ${at}`
    : `mkdir -p ${quoted(join(folder, dirname(target)))}; : > ${at}`
  return [
    makePoint,
    `mount --rbind ${quoted(source)} ${at}`,
    ...(readOnly ? [`mount -o remount,bind,ro ${at}`] : []),
  ]
}

const linkLines = (folder: string): ReadonlyArray<string> =>
  Object.entries({ ...imageLinks, ...libraryLinks() }).flatMap(([path, target]) => [
    `mkdir -p ${quoted(join(folder, dirname(path)))}`,
    `ln -s ${quoted(target)} ${quoted(join(folder, path))}`,
  ])

const libraryFolders = ['/usr/lib', '/usr/lib64', '/lib', '/lib64']

const isLink = (path: string): boolean => lstatSync(path).isSymbolicLink()

const libraryLinks = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    libraryFolders
      .filter((path) => existsSync(path) && isLink(path))
      .map((path) => [path, readlinkSync(path)]),
  )

/** What the commands in /usr/bin need of this machine: the commands of the shell, libraries, devices, names. */
const machineMounts = (): ReadonlyArray<Mount> => [
  ...libraryFolders
    .filter((path) => existsSync(path) && !isLink(path))
    .map((path) => ({ source: path, target: path, readOnly: true })),
  ...['sh', 'mkdir', 'cat'].flatMap((name) => {
    const source = programOnPath(name)
    return source === undefined
      ? []
      : [{ source: realpathSync(source), target: `/usr/bin/${name}`, readOnly: true }]
  }),
  ...['/dev', '/proc'].map((path) => ({ source: path, target: path, readOnly: false })),
  ...['/etc/hosts', '/etc/resolv.conf', '/etc/nsswitch.conf']
    .filter((path) => existsSync(path))
    .map((path) => ({ source: realpathSync(path), target: path, readOnly: true })),
]

const byDepth = (a: Mount, b: Mount): number => a.target.length - b.target.length

/**
 * A script of the shell that builds the root, in a mount namespace of its own, and becomes the command in it. What
 * it mounts ends with its process.
 */
export const podRootScript = (
  { folder, mounts, isWritable }: PodRoot,
  command: ReadonlyArray<string>,
): string => {
  const root = quoted(folder)
  // Becoming root in a namespace undoes that the process ends with its parent, so it is asked for once more.
  const tied = programOnPath('setpriv') === undefined ? '' : 'setpriv --pdeathsig KILL -- '
  return [
    'set -eu',
    // Not the pod's.
    'unset EXIT_WHEN_STDIN_CLOSES',
    `mount -t tmpfs -o mode=755 tmpfs ${root}`,
    `mkdir ${quoted(join(folder, 'tmp'))}`,
    ...linkLines(folder),
    ...[...machineMounts(), ...[...mounts].sort(byDepth)].flatMap((mount) =>
      mountLines(folder, mount),
    ),
    ...(isWritable ? [] : [`mount -o remount,bind,ro ${root}`]),
    `exec ${tied}chroot ${root} ${command.map(quoted).join(' ')}`,
    '',
  ].join('\n')
}
