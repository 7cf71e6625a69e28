const MOST_EDITS = 2

const nextRow = (above: ReadonlyArray<number>, char: string, other: string): number[] =>
  [...other].reduce<number[]>(
    (row, otherChar, column) => [
      ...row,
      Math.min(
        (above[column + 1] ?? 0) + 1,
        (row[column] ?? 0) + 1,
        (above[column] ?? 0) + (char === otherChar ? 0 : 1),
      ),
    ],
    [(above[0] ?? 0) + 1],
  )

/** How many characters to insert, delete or replace to make one word of the other (Levenshtein). */
const editDistance = (word: string, other: string): number => {
  const firstRow = Array.from({ length: [...other].length + 1 }, (_, column) => column)
  return [...word].reduce<number[]>((row, char) => nextRow(row, char, other), firstRow).at(-1) ?? 0
}

const distance = (word: string, other: string): number =>
  Math.abs(word.length - other.length) > MOST_EDITS
    ? Infinity
    : editDistance(word.toLowerCase(), other.toLowerCase())

/** The known word that somebody probably meant: at most two edits away, letter case aside. */
export const nearMatch = (word: string, known: ReadonlyArray<string>): string | undefined =>
  known
    .map((candidate) => ({ candidate, edits: distance(word, candidate) }))
    .filter(({ candidate, edits }) => edits <= MOST_EDITS && edits < candidate.length / 2)
    .sort((one, other) => one.edits - other.edits)[0]?.candidate
