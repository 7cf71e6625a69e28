import type { Architecture } from './architecture'

/** A package of Debian, in the one version that goes into the image. */
export type DebianPackage = {
  readonly name: string
  readonly version: string
  /** Below `pool/main` of an archive of Debian. */
  readonly folder: string
  readonly sha256: Readonly<Record<Architecture, string>>
}

const GCC = { version: '12.2.0-14+deb12u1', folder: 'g/gcc-12' }

/**
 * The libraries that Node's program is linked to, of Debian 12; the last one has the copyright of those of GCC.
 *
 * To renew one: version and digests are those that `apt-cache show` prints on a machine that has `dpkg --add-architecture`
 * arm64.
 */
export const debianPackages: ReadonlyArray<DebianPackage> = [
  {
    name: 'libc6',
    version: '2.36-9+deb12u14',
    folder: 'g/glibc',
    sha256: {
      amd64: 'ba4f88f73dbc3ae9055f3c20f4523bfdbaf1ad13ff95e258924f77d20b4fbedf',
      arm64: '01f4330719fd4f65580e16ea5a0527f372fca750e8f588d26deaf09f2d3b1cf4',
    },
  },
  {
    name: 'libgcc-s1',
    ...GCC,
    sha256: {
      amd64: '3016e62cb4b7cd8038822870601f5ed131befe942774d0f745622cc77d8a88f7',
      arm64: '576926b283613db80168ddf76380a3bd877602778cf0d226caa7bfbfa71eacf3',
    },
  },
  {
    name: 'libstdc++6',
    ...GCC,
    sha256: {
      amd64: '5cd3171216d4ab0fc911cfe9c35509bf2dd8f47761c43b7f6a4296701551a24d',
      arm64: '26e138c677a985775331373828a6c286c551ff397cb735d00e2383cb273d1cb2',
    },
  },
  {
    name: 'gcc-12-base',
    ...GCC,
    sha256: {
      amd64: '1896a2aacf4ad681ff5eacc24a5b0ca4d5d9c9b9c9e4b6de5197bc1e116ea619',
      arm64: '674cf6cba6d432bd200c45fe866c1652c7a53523cc2e7a613e05bc4abf7b5440',
    },
  },
]

/** Where packages are published: the first has the versions of today only, the second one keeps all. */
export const debianArchives: ReadonlyArray<string> = [
  'http://deb.debian.org/debian',
  'http://snapshot.debian.org/archive/debian/20261101T000000Z',
]
