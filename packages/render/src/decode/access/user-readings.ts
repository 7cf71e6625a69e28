import { type CredentialReading, names, userCount, wrongUserLines } from '../../model'

/** So many wrong lines are told: who has more has written something else. */
const MOST_LINES = 20

/** What a Secret of users says that is no secret: how many there are, and which lines of it cannot be used. */
export const userReadings = (texts: {
  readonly [key: string]: string
}): { readonly [key: string]: CredentialReading } => {
  const file = Object.hasOwn(texts, names.HTPASSWD_KEY) ? texts[names.HTPASSWD_KEY] : undefined
  return file === undefined
    ? {}
    : {
        [names.HTPASSWD_KEY]: {
          _tag: 'Users',
          users: userCount(file),
          wrong: wrongUserLines(file).slice(0, MOST_LINES),
        },
      }
}
