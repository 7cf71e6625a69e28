import type { HashPassword } from './perform-deps'

/** A tenth of a second: what `htpasswd` and the registry itself take is less or the same. */
const COST = 10

/** Hashes with bcrypt, whose library is read when the first password is hashed: that is once in the life of a registry. */
export const bcryptHash: HashPassword = (password) => () =>
  import('bcryptjs').then(({ hash }) => hash(password, COST))
