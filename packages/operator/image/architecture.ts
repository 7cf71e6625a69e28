import type { Platform } from '@image-registry-operator/oci-image'

export type Architecture = Platform['architecture']

/** What a platform is called by those who publish for it. */
type ArchitectureNames = {
  /** In the names of npm's packages of Node. */
  readonly node: string
  /** In Debian's folders of libraries. */
  readonly libraries: string
  /** Where programs say that their loader is. */
  readonly loader: string
}

export const architectures: Readonly<Record<Architecture, ArchitectureNames>> = {
  amd64: {
    node: 'x64',
    libraries: 'x86_64-linux-gnu',
    loader: 'lib64/ld-linux-x86-64.so.2',
  },
  arm64: {
    node: 'arm64',
    libraries: 'aarch64-linux-gnu',
    loader: 'lib/ld-linux-aarch64.so.1',
  },
}
