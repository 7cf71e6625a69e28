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

const joined = (cluster: string, extra: string): string =>
  [cluster, 'image-registry', extra]
    .filter((part) => part !== '')
    .join('-')
    .replace(/-{2,}/g, '-')

/** The name of a bucket of S3: the original's, which anybody can tell from the cluster and its region. */
export const plainBucketName = (cluster: string, region: string): string =>
  joined(cluster, region).slice(0, LONGEST).replace(/-$/, 's').toLowerCase()

/**
 * A name in the form that the original draws by chance: 62 characters, which end in letters. Ours come from the seed, so that
 * whoever goes on after a crash comes to the same name.
 */
export const letteredName = (cluster: string, extra: string, seed: string): string => {
  const stem = joined(cluster, extra)
  const missing = LONGEST - stem.length
  if (missing <= 0)
    return stem
      .slice(0, LONGEST)
      .replace(/-$/, lettersFrom(LETTERS, seed, 1))
      .toLowerCase()
  return missing === 1
    ? `${stem}${lettersFrom(LETTERS, seed, 1)}`.toLowerCase()
    : `${stem}-${lettersFrom(LETTERS, seed, missing - 1)}`.toLowerCase()
}

/** The name of a storage account, or of a private endpoint, of Azure in the original's form: 18 to 24 characters. */
export const accountName = (cluster: string, seed: string): string => {
  const stem = `imageregistry${cluster.replace(/[^0-9A-Za-z]/g, '')}`.slice(0, ACCOUNT_STEM)
  return `${stem}${lettersFrom(ACCOUNT_LETTERS, seed, ACCOUNT_LETTERS_COUNT)}`.toLowerCase()
}
