/** The versions of authentication that there are: Swift's own, and two of Keystone. */
export type IdentityVersion = 1 | 2 | 3

const inPath = (pathname: string): string | undefined => /\/v([123])(\.0)?\/*$/.exec(pathname)?.[1]

const known = (version: string | undefined): IdentityVersion | undefined => {
  switch (version) {
    case '1':
      return 1
    case '2':
      return 2
    case '3':
      return 3
    default:
      return undefined
  }
}

/** Which version is spoken at an address: the one that its path ends in, else the one that is said (`3`, `2.0`), else 3. */
export const identityVersion = (address: URL, said: string): IdentityVersion =>
  known(inPath(address.pathname)) ?? known(/^([123])(\.0)?$/.exec(said.trim())?.[1]) ?? 3
