/**
 * A value as the text of an environment variable. The registry parses its variables as YAML (1.1, and with
 * Go's idea of it), so a text that would read as something else is quoted, the way the original's encoder does.
 */
export const envScalar = (value: boolean | number | string): string =>
  typeof value === 'string' ? textScalar(value) : `${value}`

const textScalar = (text: string): string => {
  if (needsEscapes(text)) return doubleQuoted(text)
  if (text.includes('\n')) return fitsABlock(text) ? literalBlock(text) : doubleQuoted(text)
  if (OTHER_TYPES.some((pattern) => pattern.test(text))) return doubleQuoted(text)
  return NOT_PLAIN.test(text) ? `'${text.replaceAll("'", "''")}'` : text
}

/** What YAML 1.1 reads as null, a boolean, a merge, a number or a time when it stands there without quotes. */
const OTHER_TYPES: ReadonlyArray<RegExp> = [
  /^(|~|null|Null|NULL|<<)$/,
  /^(y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE|n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/,
  /^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/,
  /^[-+]?(0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+)$/,
  /^[-+]?(\.[0-9_]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?$/,
  /^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$/,
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?$/,
]

/** Leading indicators, document marks, and what ends a plain scalar or starts a comment in it. */
const NOT_PLAIN = /^[#,[\]{}&*!|>'"%@`]|^[-?:]( |$)|^(---|\.\.\.)|^ | $|:( |$)| #/

// Control characters but the line feed, other line breaks, the byte order mark, halves of surrogate pairs.
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]|\p{Surrogate}/u

const needsEscapes = (text: string): boolean => UNPRINTABLE.test(text)

const doubleQuoted = (text: string): string =>
  JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** A block cannot keep spaces at the end of a line nor, without its last line feed, more than one of them. */
const fitsABlock = (text: string): boolean => !/^[ \n]| $| \n|\n\n$/.test(text)

const literalBlock = (text: string): string => {
  const lines = text.replace(/\n$/, '').split('\n')
  const indented = lines.map((line) => (line === '' ? '' : `  ${line}`))
  return [text.endsWith('\n') ? '|' : '|-', ...indented].join('\n')
}
