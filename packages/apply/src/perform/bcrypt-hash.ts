import type { HashPassword } from './perform-deps'

/**
 * What `htpasswd` takes unless told otherwise. The registry hashes the password anew with every request, for which 10 took it a
 * fifteenth of a second: a docker push has dozens of them.
 */
const COST = 5

/** Hashes with bcrypt, whose library is read when the first password is hashed: that is once in the life of a registry. */
export const bcryptHash: HashPassword = (password) => () =>
  import('bcryptjs').then(({ hash }) => hash(password, COST))
