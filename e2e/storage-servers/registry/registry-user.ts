import type { GivenObject } from './pod-spec'
import type { RegistryAccess } from './registry-request'

/** Who asks a registry that lets nobody else in. */
export type RegistryUser = NonNullable<RegistryAccess['user']>

/** A user of whom everybody knows the password. */
export const ANN: RegistryUser = { name: 'ann', password: 'a password of ann' }

/** What `htpasswd -nB` prints for it. */
export const ANNS_LINE = 'ann:$2y$05$XRZnnK5gVbAAGBzDhnhLeeskcIrK7ToXrwai.jqh4/Yh3rrP/N9oy'

/** The Secret that the pods of a registry read their users from, with that one in it. */
export const annsSecret: GivenObject = {
  kind: 'Secret',
  metadata: { name: 'image-registry-htpasswd' },
  stringData: { htpasswd: `${ANNS_LINE}\n` },
}
