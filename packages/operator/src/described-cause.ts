/** A failure that nobody expected, as far as it may be told to whoever reads logs and Events. */
export type DescribedCause = { readonly error: string; readonly stack: string }

// What a parser quotes of its input, and what a function of Node says it was given, may be anybody's secret.
const QUOTED = /(["'`])(?:(?!\1)[\s\S])*\1?/g
const RECEIVED = /\bReceived\b[\s\S]*/
const LONG_WORD = /\S{25,}/g

const withoutValues = (message: string): string =>
  message.replace(QUOTED, '…').replace(RECEIVED, 'Received …').replace(LONG_WORD, '…')

/** Places in the program only: before them stands the message once more, and behind them what the error drags along. */
const places = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')

/** What is known of it, without any value of its input; the properties of an error, where clouds' libraries keep whole requests, are left out. */
export const describedCause = (cause: unknown): DescribedCause =>
  cause instanceof Error
    ? {
        error: `${cause.name}: ${withoutValues(cause.message)}`,
        stack: places(cause.stack ?? ''),
      }
    : { error: `something that is no error was thrown (${typeof cause})`, stack: '' }

/** The last words of a program that fails so. */
export const showDefect = (cause: unknown): string => {
  const { error, stack } = describedCause(cause)
  return `unexpected failure, this is a defect: ${error}\n${stack === '' ? '' : `${stack}\n`}`
}
