// Colours take no room on the screen.
const COLOUR = /\u001B\[\d+m/g

const width = (cell: string): number => cell.replace(COLOUR, '').length

/** Rows below a header, in columns; the last column is as wide as it likes. */
export const table = (
  header: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
): string => {
  const all = [header, ...rows]
  const widths = header.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ''))))
  const line = (row: ReadonlyArray<string>): string =>
    row
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell))))
      .join('  ')
      .trimEnd()
  return all.map((row) => `${line(row)}\n`).join('')
}
