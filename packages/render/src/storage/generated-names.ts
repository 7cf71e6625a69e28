import { digestOfText } from '../digest'

/** The longest name of a bucket that every service takes, less one. The original's bound. */
const LONGEST = 62
/** The original never draws a `z`. */
const LETTERS = 'abcdefghijklmnopqrstuvwxy'
/** Without vowels, and without digits that look like letters. */
const ACCOUNT_LETTERS = 'bcdfghjklmnpqrstvwxz2456789'
const ACCOUNT_STEM = 19
const ACCOUNT_LETTERS_COUNT = 5

/** As many letters as wanted, always the same ones for a seed, and nothing that a stranger could foresee from them. */
const lettersFrom = (alphabet: string, seed: string, count: number): string => {
  const bytes = Array.from({ length: Math.ceil(count / 32) }, (_, block) =>
    digestOfText(`${seed}#${block}`).replace('sha256:', ''),
  ).join('')
  return Array.from(
    { length: count },
    (_, index) =>
      alphabet[Number.parseInt(bytes.slice(index * 2, index * 2 + 2), 16) % alphabet.length] ?? '',
  ).join('')
}

/** What a name is made of, before it is cut or filled up. */
const stemOf = (cluster: string, extra: string): string =>
  [cluster, 'image-registry', extra]
    .filter((part) => part !== '')
    .join('-')
    .replace(/-{2,}/g, '-')
    .toLowerCase()

const accountStem = (cluster: string): string =>
  `imageregistry${cluster.replace(/[^0-9A-Za-z]/g, '')}`.slice(0, ACCOUNT_STEM).toLowerCase()

/** The name of a bucket of S3: the original's, which anybody can tell from the cluster and its region. */
export const plainBucketName = (cluster: string, region: string): string =>
  stemOf(cluster, region).slice(0, LONGEST).replace(/-$/, 's')

/**
 * A name in the form that the original draws by chance: 62 characters, which end in letters. Ours come from the seed, so that
 * whoever goes on after a crash comes to the same name.
 */
export const letteredName = (cluster: string, extra: string, seed: string): string => {
  const stem = stemOf(cluster, extra)
  const missing = LONGEST - stem.length
  if (missing <= 0) return stem.slice(0, LONGEST).replace(/-$/, lettersFrom(LETTERS, seed, 1))
  return missing === 1
    ? `${stem}${lettersFrom(LETTERS, seed, 1)}`
    : `${stem}-${lettersFrom(LETTERS, seed, missing - 1)}`
}

/** The name of a storage account, or of a private endpoint, of Azure in the original's form: 18 to 24 characters. */
export const accountName = (cluster: string, seed: string): string =>
  `${accountStem(cluster)}${lettersFrom(ACCOUNT_LETTERS, seed, ACCOUNT_LETTERS_COUNT)}`

const isMadeOf = (alphabet: string, text: string): boolean =>
  [...text].every((letter) => alphabet.includes(letter))

/** Whether a name has the form that the original, or we, generate for a cluster: nobody chooses such a name. */
export const hasGeneratedForm = (name: string, cluster: string, extra: string): boolean => {
  if (cluster === '') return false
  const stem = stemOf(cluster, extra)
  const isLettered =
    name.length === LONGEST &&
    name.startsWith(stem.slice(0, LONGEST - 1)) &&
    isMadeOf(LETTERS, name.slice(stem.length).replace(/^-/, ''))
  return isLettered || name === plainBucketName(cluster, extra)
}

/** The same of the name of a storage account or private endpoint of Azure. */
export const hasAccountForm = (name: string, cluster: string): boolean => {
  const stem = accountStem(cluster)
  const letters = name.slice(stem.length)
  return (
    cluster !== '' &&
    name.startsWith(stem) &&
    letters.length === ACCOUNT_LETTERS_COUNT &&
    isMadeOf(ACCOUNT_LETTERS, letters)
  )
}
