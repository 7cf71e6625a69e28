import { fileDigest } from '../node-folders/file-digest'
import type { WantedFile } from '../node-folders/folder-action'
import type { PublishedRegistry, RegistryHost } from './published-registry'

/** The folder of one name of the registry, and what has to be in it. */
export type TrustedFolder = {
  readonly folder: string
  readonly files: ReadonlyArray<WantedFile>
}

const AUTHORITIES = 'ca.crt'

const HOSTS = 'hosts.toml'

/** What we put into a folder: the authorities come before, and go after, the file that names them. */
export const CONTENTS: ReadonlyArray<string> = [AUTHORITIES, HOSTS]

const MODE = 0o644

const wantedFile = (name: string, text: string): WantedFile => {
  const bytes = Buffer.from(text)
  return { name, bytes, mode: MODE, digest: fileDigest(bytes) }
}

const SETTINGS: ReadonlyArray<string> = [
  'capabilities = ["pull", "resolve"]',
  `ca = "${AUTHORITIES}"`,
]

/** Of containerd 1, nothing reads a bracket in the name of a table; there the server has to do. */
const hostTable = (url: string): ReadonlyArray<string> =>
  url.includes('[') ? ['[host]'] : [`[host."${url}"]`, ...SETTINGS.map((line) => `  ${line}`)]

/**
 * How containerd is told where a registry is: https://github.com/containerd/containerd/blob/main/docs/hosts.md
 *
 * The same stands there twice. Containerd 1 takes no file without a table of hosts, and in its early versions the settings count
 * in such a table only. Without a server, it would ask the name itself when a host refuses, which nodes cannot resolve.
 */
const hostsFile = ({ url }: RegistryHost): string =>
  [
    '# Written by image-registry-operator node-trust; it goes with the registry.',
    `server = "${url}"`,
    ...SETTINGS,
    '',
    ...hostTable(url),
    '',
  ].join('\n')

/** The folders that containerd has to find, one for each name of the registry. */
export const trustedFolders = ({
  hosts,
  authorities,
}: PublishedRegistry): ReadonlyArray<TrustedFolder> => {
  const certificate = wantedFile(AUTHORITIES, authorities)
  const folders = hosts.map((host): TrustedFolder => ({
    folder: host.host,
    files: [certificate, wantedFile(HOSTS, hostsFile(host))],
  }))
  return [...new Map(folders.map((folder) => [folder.folder, folder])).values()]
}
